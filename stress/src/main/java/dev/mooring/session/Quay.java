package dev.mooring.session;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Leases;
import dev.mooring.lease.TimerWheel;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session manager for one try, and one who comes to it. */
final class Quay {
    static final Duration LIFETIME = Duration.ofSeconds(2);

    private static final Principal ALICE = new Principal("https://issuer", "alice", Set.of());
    private static final Occupant NOBODY = reason -> {};

    private final Hand clock = new Hand();
    final SessionManager manager;

    private Quay(SessionLimits limits) {
        TimerWheel wheel = new TimerWheel(clock);
        manager = new SessionManager(limits, clock, new Leases(clock, wheel));
        wheel.start();
    }

    /** With one place in all. */
    static Quay ofOne() {
        return new Quay(SessionLimits.DEFAULT.withSessions(1));
    }

    /** With one place for each owner. */
    static Quay ofOneEach() {
        return new Quay(SessionLimits.DEFAULT.withPerOwner(1));
    }

    /** With one place in all, and a lifetime. */
    static Quay ofOneForAWhile() {
        return new Quay(
                SessionLimits.DEFAULT.withSessions(1).withTimeouts(SessionTimeouts.DEFAULT.withLifetime(LIFETIME)));
    }

    /** Opens a session and holds it; null if there is no place. */
    @Nullable
    Session open() {
        return open(ALICE);
    }

    private @Nullable Session open(Principal owner) {
        Opening opening = new Opening(owner, "http", "192.0.2.1", true, NOBODY);
        return manager.open(opening) instanceof Admission.Opened(Session session) ? session : null;
    }

    /** A session that nobody holds. */
    Session opened() {
        return released(ALICE);
    }

    /** A session of somebody who has not proved who they are. */
    Session anonymous() {
        return released(Principal.ANONYMOUS);
    }

    private Session released(Principal owner) {
        Session session = Objects.requireNonNull(open(owner), "an empty manager has a place");
        session.release();
        return session;
    }

    /** Ends what is there, and returns whether exactly one place is free then. */
    boolean hasOnePlace() {
        manager.clear(EndReason.MANUAL);
        return manager.size() == 0 && open() != null && open() == null;
    }

    /** Lets a lifetime pass, and what is due ring. */
    void outlive() {
        clock.pass(LIFETIME.plusSeconds(1));
    }

    /** Passes when told to; what repeats runs once then. */
    private static final class Hand implements Time {
        private volatile long nanos;
        private Runnable turn = () -> {}; // set before other threads know this

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
            turn = task;
            return () -> {};
        }

        private void pass(Duration by) {
            nanos = by.toNanos();
            turn.run();
        }
    }
}
