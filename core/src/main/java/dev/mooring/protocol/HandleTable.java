package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Handle;
import dev.mooring.feature.Handles;
import dev.mooring.feature.ToolException;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Holding;
import dev.mooring.lease.Lease;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
import dev.mooring.lease.Quota;
import dev.mooring.lease.SecretIds;
import dev.mooring.lease.ServerKeys;
import dev.mooring.lease.Terms;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All handles of a server: leases that hold a value for their owner. Thread-safe. */
public final class HandleTable {
    private static final String GONE =
            "There is no such handle: it has expired, was closed, or belongs to somebody else."
                    + " Call the tool that opens it again.";

    private final HandleLimits limits;
    private final Leases leases;
    private final Time time;
    private final SecretIds ids = new SecretIds(ServerKeys.random(), "handle");
    private final ConcurrentHashMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final Quota quota = new Quota();
    private final AtomicLong opened = new AtomicLong();

    public HandleTable(HandleLimits limits, Leases leases, Time time) {
        this.limits = limits;
        this.leases = leases;
        this.time = time;
    }

    /** The handles of one principal, as its calls see them. */
    Handles of(Principal owner) {
        return new Owned(owner);
    }

    /** The leases of the handles that are kept; a snapshot. */
    public Collection<Lease> leases() {
        return kept.values().stream().map(value -> value.lease).toList();
    }

    /** How many are kept. */
    public int size() {
        return kept.size();
    }

    /** Ends the handles of a principal, and returns how many. */
    public int closeAll(Principal owner, EndReason reason) {
        return (int) kept.values()
                .stream()
                .filter(value -> value.lease.owner().sameOwner(owner))
                .filter(value -> leases.close(value.lease, reason))
                .count();
    }

    private static String key(Principal owner) {
        return owner.issuer() + "\n" + owner.subject();
    }

    private void reserve(String owner) {
        if (kept.size() >= limits.total()) {
            throw new ToolException("The server keeps " + limits.total() + " handles already; try again later");
        }
        if (!quota.take(owner, limits.perOwner())) {
            throw new ToolException("You keep " + limits.perOwner() + " handles already; close some or wait");
        }
    }

    /** A value, and the lease it is kept on. */
    private final class Kept implements Holding {
        private final String id;
        private final Object value;
        private final Lease lease;

        private Kept(String id, Object value, Terms terms) {
            this.id = id;
            this.value = value;
            this.lease = leases.open(terms, this);
        }

        @Override
        public void leaving(Lease ended, EndReason reason) {
            kept.remove(id);
            quota.free(key(ended.owner()));
        }

        @Override
        public void ended(Lease ended, EndReason reason) {
            // the value is let go of with this object
        }
    }

    /** One principal's view. */
    private final class Owned implements Handles {
        private final Principal owner;

        private Owned(Principal owner) {
            this.owner = owner;
        }

        @Override
        public <T> Handle<T> open(T value, Duration ttl) {
            if (!ttl.isPositive() || ttl.compareTo(limits.ttl()) > 0) {
                throw new IllegalArgumentException("ttl: " + ttl + " (expected: > 0, at most " + limits.ttl() + ")");
            }
            reserve(key(owner));
            String label = "handle-" + opened.incrementAndGet() + "-" + time.now().toEpochMilli();
            String id = ids.next();
            Terms terms = new Terms(LeaseKind.HANDLE, owner, label, Duration.ZERO, ttl);
            Kept made = new Kept(id, value, terms);
            kept.put(id, made);
            if (made.lease.ended()) { // before it was put there
                kept.remove(id);
            }
            return new Handle<>(id, value, time.now().plus(ttl));
        }

        @Override
        public <T> T get(String id, Class<T> type) {
            Kept found = find(id);
            if (found == null || !type.isInstance(found.value)) {
                throw new ToolException(GONE);
            }
            return type.cast(found.value);
        }

        private @Nullable Kept find(String id) {
            Kept found = kept.get(id);
            return found == null || found.lease.ended() || !found.lease.owner().sameOwner(owner) ? null : found;
        }

        @Override
        public boolean close(String id) {
            Kept found = find(id);
            return found != null && leases.close(found.lease, EndReason.MANUAL);
        }
    }
}
