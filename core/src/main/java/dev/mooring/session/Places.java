package dev.mooring.session;

import dev.mooring.lease.EndReason;
import dev.mooring.lease.Leases;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The places for sessions, within the limits of all and of each owner: taken before a session is made. Thread-safe. */
final class Places {
    private final SessionLimits limits;
    private final Leases leases;
    private final Owners owners = new Owners();
    private final AtomicInteger taken = new AtomicInteger();

    Places(SessionLimits limits, Leases leases) {
        this.limits = limits;
        this.leases = leases;
    }

    /** Takes a place in all and one of the owner, or says what stands against it; then no place is taken. */
    @Nullable
    Rejection reserve(Opening opening) {
        int most = opening.unlimited() ? Integer.MAX_VALUE : limits.perOwner();
        if (!owners.reserve(opening.owningKey(), most)
                && !(evict(opening) && owners.reserve(opening.owningKey(), most))) {
            return Rejection.OWNER_FULL;
        }
        if (takePlace() || (evict(opening) && takePlace())) {
            return null;
        }
        owners.free(opening.owningKey());
        return Rejection.FULL;
    }

    private boolean takePlace() {
        if (taken.incrementAndGet() <= limits.sessions()) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /**
     * Ends the session that this owner has not used for longest, if eviction is on and one is not in use. Those who have no
     * limit may be many behind one address, so none of them makes room for another.
     */
    private boolean evict(Opening opening) {
        if (!limits.evict() || opening.unlimited()) {
            return false;
        }
        List<Session> longestFirst = owners.sessions(opening.owningKey())
                .stream()
                .filter(session -> session.references() == 0)
                .sorted(Comparator.comparing(Session::inactive).reversed())
                .toList();
        for (Session session : longestFirst) {
            if (leases.closeUnused(session.lease(), EndReason.EVICTED)) {
                return true;
            }
        }
        return false;
    }

    /** The session has the place that was taken for it. */
    void add(Session session) {
        owners.add(session);
    }

    /** The session is gone; the place is not. */
    void remove(Session session) {
        owners.remove(session);
    }

    /** The session is gone, and its place is free. */
    void free(Session session) {
        owners.remove(session);
        owners.free(session.owningKey());
        taken.decrementAndGet();
    }

    Collection<Session> sessions(String owningKey) {
        return owners.sessions(owningKey);
    }
}
