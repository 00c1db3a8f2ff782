package dev.mooring.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Brings to the store what changed, on a thread of its own: what changes while a batch is written makes up the next one. What
 * cannot be written waits and is tried again. {@link #start} once, then {@link #close}. Thread-safe.
 */
final class StoreWriter implements AutoCloseable {
    private static final Logger LOG = SessionManager.LOG;
    private static final int BATCH = 1_000;
    private static final int WAITING = 200_000;
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionStore store;
    private final Map<String, Change> waiting = new ConcurrentHashMap<>(); // the latest by key, until it is written
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("mooring-session-store").unstarted(this::work);
    private boolean failing; // the thread's own
    private volatile boolean closed;

    StoreWriter(SessionStore store) {
        this.store = store;
    }

    /** One change, told from an equal one by its identity. Without a session it is the end of what is kept. */
    private static final class Change {
        private final @Nullable Session session;

        private Change(@Nullable Session session) {
            this.session = session;
        }

        /** What is to be kept; nothing if it has ended, whatever was said before. */
        private Optional<StoredSession> snapshot(String key) {
            return session == null ? Optional.empty() : session.stored(key);
        }
    }

    void start() {
        thread.start();
    }

    /** A session is to be kept as it is by the time it is written. */
    void changed(String key, Session session) {
        put(key, new Change(session));
    }

    /** A session is not to be kept any more. While the store fails only so many wait; the rest goes when it is found outlived. */
    void ended(String key) {
        if (waiting.size() < WAITING || waiting.containsKey(key)) {
            put(key, new Change(null));
        }
    }

    private void put(String key, Change change) {
        waiting.put(key, change);
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Whether the end of what is kept under that key is still to be written. */
    boolean isEnding(String key) {
        Change change = waiting.get(key);
        return change != null && change.snapshot(key).isEmpty();
    }

    private void work() {
        boolean last = false;
        while (!last) {
            wake.acquireUninterruptibly();
            wake.drainPermits();
            last = closed;
            boolean written = write();
            if (last && !written) {
                LOG.error("{} sessions could not be written to the session store and are lost", waiting.size());
            } else if (!last) {
                wake.release(written ? 0 : 1);
                LockSupport.parkNanos(written ? GATHER.toNanos() : RETRY.toNanos());
            }
        }
    }

    /** Writes all that waits; false if it could not. */
    private boolean write() {
        try {
            List<Map.Entry<String, Change>> changes = new ArrayList<>(waiting.entrySet());
            for (int from = 0; from < changes.size(); from += BATCH) {
                write(changes.subList(from, Math.min(changes.size(), from + BATCH)));
            }
            if (failing) {
                failing = false;
                LOG.info("The session store can be written again");
            }
            return true;
        } catch (RuntimeException e) { // of somebody else's store, whatever it throws
            if (!failing) {
                failing = true;
                LOG.warn("The session store cannot be written; {} sessions wait: {}", waiting.size(), e.getMessage());
                LOG.debug("The session store cannot be written", e);
            }
            return false;
        }
    }

    private void write(List<Map.Entry<String, Change>> changes) {
        List<StoredSession> kept = new ArrayList<>(changes.size());
        List<String> ended = new ArrayList<>();
        changes.forEach(entry -> entry.getValue()
                .snapshot(entry.getKey())
                .ifPresentOrElse(kept::add, () -> ended.add(entry.getKey())));
        store.write(kept, ended);
        changes.forEach(entry -> waiting.remove(entry.getKey(), entry.getValue()));
    }

    /** Waits until what waits is written, and writes no more. The thread is not interrupted: that would close a file under it. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        LockSupport.unpark(thread);
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.join(PATIENCE)) {
                LOG.error("The session store did not take {} sessions within {} s", waiting.size(),
                        PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
