package dev.mooring.session;

import dev.mooring.auth.Principal;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * Brings kept sessions back when their clients come back: each once, for its owner only, within the limits, and not after its
 * time is over. Blocks, and so runs on virtual threads only. Thread-safe.
 */
final class SessionRestorer {
    private static final Logger LOG = SessionManager.LOG;
    private static final int AT_ONCE = 256;
    private static final int STRIPES = 64;

    private final SessionManager sessions;
    private final SessionArchive archive;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ReentrantLock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    SessionRestorer(SessionManager sessions, SessionArchive archive) {
        this.sessions = sessions;
        this.archive = archive;
    }

    /** As {@link SessionManager#restore}. */
    Optional<Admission> restore(String id, Principal caller, Function<StoredSession, Occupant> reviver) {
        if (!places.tryAcquire()) {
            return Optional.of(new Admission.Refused(Rejection.RESTORING, AT_ONCE));
        }
        ReentrantLock stripe = stripes[Math.floorMod(id.hashCode(), STRIPES)];
        stripe.lock();
        try {
            Session live = sessions.acquire(id, caller);
            if (live != null) {
                return Optional.of(new Admission.Opened(live));
            }
            return sessions.isIndexed(id) ? Optional.empty() : load(id, caller, reviver);
        } finally {
            stripe.unlock();
            places.release();
        }
    }

    private Optional<Admission> load(String id, Principal caller, Function<StoredSession, Occupant> reviver) {
        try {
            return archive.load(id)
                    .filter(stored -> stored.owner().sameOwner(caller) && inTime(stored))
                    .flatMap(stored -> reopen(id, stored, reviver));
        } catch (StoreException e) {
            LOG.warn("A session could not be restored: {}", e.getMessage());
            LOG.debug("A session could not be restored", e);
            return Optional.of(new Admission.Refused(Rejection.STORE_FAILED, 0));
        }
    }

    /** What cannot be read now never can: its client is to begin anew. */
    private Optional<Admission> reopen(String id, StoredSession stored, Function<StoredSession, Occupant> reviver) {
        try {
            return Optional.of(sessions.reopen(id, stored, reviver));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} cannot be restored and is forgotten: {}", stored.label(), e.getMessage());
            archive.ended(stored.key());
            return Optional.empty();
        }
    }

    private boolean inTime(StoredSession stored) {
        if (!sessions.outlived(stored)) {
            return true;
        }
        LOG.info("Session expired: {}, last active {}", stored.label(), stored.lastActive());
        archive.ended(stored.key());
        return false;
    }

    /** Lets go of what is kept of sessions whose clients never came back; returns of how many. */
    int purge() {
        int[] purged = new int[1];
        try {
            archive.list(stored -> {
                if (!sessions.needs(stored) && sessions.outlived(stored)) {
                    archive.ended(stored.key());
                    purged[0]++;
                }
            });
        } catch (StoreException e) {
            LOG.warn("Kept sessions could not be looked through: {}", e.getMessage());
        }
        return purged[0];
    }
}
