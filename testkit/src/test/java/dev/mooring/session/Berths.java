package dev.mooring.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mooring.auth.Principal;
import dev.mooring.lease.Leases;
import dev.mooring.lease.ServerKeys;
import dev.mooring.lease.TimerWheel;
import dev.mooring.testkit.FakeClock;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A session manager whose time passes when the test says so, and clients that come to it. */
final class Berths {
    static final Principal ALICE = new Principal("https://issuer", "alice", Set.of());
    static final Principal BOB = new Principal("https://issuer", "bob", Set.of());
    static final Duration IDLE = Duration.ofMinutes(10);
    static final Duration LATE = Duration.ofSeconds(1);
    static final SessionLimits LIMITS = SessionLimits.DEFAULT.withIdle(IDLE);

    final FakeClock clock = new FakeClock();
    final TimerWheel wheel = new TimerWheel(clock);
    final Leases leases = new Leases(clock, wheel);
    final SessionManager manager;

    private Berths(SessionLimits limits) {
        this(limits, SessionArchive.none(ServerKeys.random()));
    }

    private Berths(SessionLimits limits, SessionArchive archive) {
        manager = new SessionManager(limits, clock, leases, archive);
    }

    static Berths of(SessionLimits limits) {
        return turning(new Berths(limits));
    }

    /** Whose sessions are kept, in a store that is open. */
    static Berths keeping(SessionArchive archive, SessionLimits limits) {
        archive.open();
        return turning(new Berths(limits, archive));
    }

    private static Berths turning(Berths berths) {
        berths.wheel.start();
        return berths;
    }

    static Berths with(UnaryOperator<SessionLimits> change) {
        return of(change.apply(LIMITS));
    }

    /** Where nothing ever rings. */
    static Berths withoutAlarms(SessionLimits limits) {
        return new Berths(limits);
    }

    static Opening opening(Principal owner) {
        return opening(owner, "192.0.2.1");
    }

    static Opening opening(Principal owner, String address) {
        return new Opening(owner, "http", address, true, new Tenant());
    }

    /** One that was only opened, and whose opener holds it no more. */
    Session created(Opening opening) {
        Session session = assertInstanceOf(Admission.Opened.class, manager.open(opening)).session();
        session.release();
        return session;
    }

    /** One in use by a client of that name, but not at this moment. */
    Session ready(Opening opening, String client) {
        Session session = created(opening);
        manager.initialize(session, new SessionClient(client, "1", "2025-11-25"));
        manager.ready(session);
        return session;
    }

    Session ready(Principal owner) {
        return ready(opening(owner), "client");
    }

    Session ready() {
        return ready(ALICE);
    }

    void assertRefused(Rejection cause, Opening opening) {
        assertEquals(cause, assertInstanceOf(Admission.Refused.class, manager.open(opening)).cause());
    }

    /** Uses a session for no time. */
    static void use(Session session) {
        assertEquals(true, session.acquire());
        session.release();
    }
}
