package dev.mooring.lease;

import dev.mooring.auth.Principal;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;

/** Leases on a clock that stands still at a given distance from their birth. */
final class Standing {
    static final Duration IDLE = Duration.ofSeconds(100);

    private static final Holding NOTHING = new Holding() {
        @Override
        public void leaving(Lease lease, EndReason reason) {}

        @Override
        public void ended(Lease lease, EndReason reason) {}
    };

    static final Leases ENGINE = new Leases(new Clock(), new TimerWheel(new Clock()));

    private Standing() {}

    /** A lease at the end of its idle time. */
    static Lease overdue() {
        Clock clock = new Clock();
        Lease lease = new Lease(terms(), NOTHING, clock, ENGINE);
        clock.nanos = IDLE.toNanos();
        return lease;
    }

    /** The same, with a reference out. */
    static Lease overdueInUse() {
        Lease lease = overdue();
        lease.acquire();
        return lease;
    }

    /** A lease at the beginning of its idle time, on the wheel. */
    static Lease watched() {
        return ENGINE.open(terms(), NOTHING);
    }

    private static Terms terms() {
        return new Terms(LeaseKind.HANDLE, Principal.ANONYMOUS, "", IDLE, Duration.ZERO);
    }

    /** Moved before its lease is handed to other threads, and never after. */
    private static final class Clock implements Time {
        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Repeated every(Duration period, Runnable task) {
            return () -> {};
        }
    }
}
