package dev.mooring.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Leases;
import dev.mooring.lease.TimerWheel;
import dev.mooring.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session is found by its owner as long as it is used, and ends once. */
@Timeout(60)
class SessionManagerTest {
    private static final Principal ALICE = new Principal("https://issuer", "alice", Set.of());
    private static final Principal BOB = new Principal("https://issuer", "bob", Set.of());
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LATE = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final TimerWheel wheel = new TimerWheel(clock);
    private final Leases leases = new Leases(clock, wheel);
    private final SessionManager manager = manager(SessionLimits.DEFAULT.withSessions(3).withIdle(IDLE));

    @BeforeEach
    void start() {
        wheel.start();
    }

    private SessionManager manager(SessionLimits limits) {
        return new SessionManager(limits, clock, leases);
    }

    private static Opening opening(Principal owner, Occupant occupant) {
        return new Opening(owner, "http", "192.0.2.1", true, occupant);
    }

    /** A session in use, held by its opener. */
    private static Session open(SessionManager manager, Opening opening) {
        Session session = assertInstanceOf(Admission.Opened.class, manager.open(opening)).session();
        manager.initialize(session, SessionClient.UNKNOWN);
        manager.ready(session);
        return session;
    }

    private void assertRefused(Rejection cause, SessionManager manager) {
        Admission answer = manager.open(opening(ALICE, new Tenant()));
        assertEquals(cause, assertInstanceOf(Admission.Refused.class, answer).cause());
    }

    /** A session that nobody uses. */
    private Session opened(Principal owner, Occupant occupant) {
        Session session = open(manager, opening(owner, occupant));
        session.release();
        return session;
    }

    private Session opened() {
        return opened(ALICE, new Tenant());
    }

    @Test
    void openedSession_isHeldForItsOpenerUntilReleased() {
        Session session = open(manager, opening(ALICE, new Tenant()));
        assertEquals(1, session.references());
        clock.advance(Duration.ofDays(1));
        assertNull(session.endReason());
    }

    @Test
    void session_saysWhatItIs() {
        Tenant tenant = new Tenant();
        Session session = opened(ALICE, tenant);
        assertEquals("http", session.transport());
        assertEquals(ALICE, session.owner());
        assertEquals(clock.now(), session.created());
        assertSame(tenant, session.occupant(Tenant.class));
        assertEquals(List.of(session), List.copyOf(manager.sessions()));
    }

    @Test
    void owner_findsTheSessionAndHoldsIt() {
        Session session = opened();
        assertSame(session, manager.acquire(session.id(), ALICE));
        assertEquals(1, session.references());
    }

    @Test
    void ownerWithOtherScopes_findsTheSession() {
        Session session = opened();
        assertSame(session, manager.acquire(session.id(), new Principal("https://issuer", "alice", Set.of("write"))));
    }

    @Test
    void anybodyElse_findsNothing() {
        Session session = opened();
        for (Principal other : List.of(BOB, Principal.ANONYMOUS, Principal.LOCAL,
                new Principal("", "alice", Set.of()))) {
            assertNull(manager.acquire(session.id(), other));
        }
        assertNull(manager.acquire(opened(Principal.ANONYMOUS, new Tenant()).id(), ALICE));
        assertEquals(0, session.references());
    }

    @Test
    void id_hasTheLengthAndCharactersOfItsKind() {
        String id = opened().id();
        assertTrue(id.matches("[A-Za-z0-9_-]{38}"), "an id of another shape");
    }

    @Test
    void ids_areAllDifferent() {
        SessionManager large = manager(SessionLimits.DEFAULT.withPerOwner(5_000));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            ids.add(open(large, opening(ALICE, new Tenant())).id());
        }
        assertEquals(5_000, ids.size());
    }

    @Test
    void idThatWasChangedAnywhere_findsNothing() {
        String id = opened().id();
        for (int i = 0; i < id.length(); i++) {
            for (char c : new char[]{'A', 'B', '=', ' ', 'é', '\u0000', '/', '+'}) {
                String forged = id.substring(0, i) + c + id.substring(i + 1);
                assertEquals(forged.equals(id), manager.acquire(forged, ALICE) != null);
            }
        }
    }

    @Test
    void idOfAnotherLength_findsNothing() {
        String id = opened().id();
        for (int i = 0; i < id.length(); i++) {
            assertNull(manager.acquire(id.substring(0, i), ALICE));
        }
        for (String more : List.of("A", "=", "==", " ", id)) {
            assertNull(manager.acquire(id + more, ALICE));
        }
    }

    @Test
    void idOfAnotherServer_findsNothing() {
        Session other = open(manager(SessionLimits.DEFAULT), opening(ALICE, new Tenant()));
        assertNull(manager.acquire(other.id(), ALICE));
    }

    @Test
    void label_isNumberedAndDated() {
        long millis = clock.now().toEpochMilli();
        assertEquals("session-1-" + millis, opened().label());
        clock.advance(Duration.ofMillis(1_500));
        assertEquals("session-2-" + (millis + 1_500), opened().label());
    }

    @Test
    void idleSession_endsAtItsTime() throws InterruptedException {
        Tenant tenant = new Tenant();
        Session session = opened(ALICE, tenant);
        clock.advance(IDLE.minusNanos(1));
        assertNull(session.endReason());
        clock.advance(LATE);
        assertEquals(EndReason.IDLE, session.endReason());
        assertEquals(EndReason.IDLE, tenant.reason());
        assertNull(manager.acquire(session.id(), ALICE));
        assertEquals(0, manager.size());
    }

    @Test
    void idleTime_countsFromTheEndOfTheLastCall() {
        Session session = opened();
        clock.advance(IDLE.minusSeconds(5));
        assertNotNull(manager.acquire(session.id(), ALICE));
        clock.advance(Duration.ofSeconds(100));
        session.release();
        clock.advance(IDLE.minusSeconds(1));
        assertNull(session.endReason());
        clock.advance(LATE.plusSeconds(1));
        assertEquals(EndReason.IDLE, session.endReason());
    }

    @Test
    void oneOfTwoCalls_keepsTheSession() {
        Session session = opened();
        assertTrue(session.acquire());
        assertTrue(session.acquire());
        session.release();
        clock.advance(IDLE.multipliedBy(10));
        assertNull(session.endReason());
    }

    @Test
    void busySession_neverEnds() {
        Session session = opened();
        session.acquire();
        clock.advance(IDLE.multipliedBy(100));
        assertNull(session.endReason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sessionWithoutIdleTime_neverEnds(boolean expires) {
        SessionManager lasting = manager(SessionLimits.DEFAULT.withIdle(expires ? Duration.ZERO : IDLE));
        Session session = open(lasting, new Opening(ALICE, "stdio", "", expires, new Tenant()));
        session.release();
        clock.advance(Duration.ofDays(3));
        assertNull(session.endReason());
    }

    @Test
    void moreSessionsThanPlaces_areRefused() {
        for (int i = 0; i < 3; i++) {
            opened();
        }
        assertRefused(Rejection.FULL, manager);
        assertEquals(3, manager.size());
    }

    @Test
    void placeOfAnEndedSession_isFree() {
        Session first = opened();
        opened();
        opened();
        for (int i = 0; i < 5; i++) {
            assertRefused(Rejection.FULL, manager);
        }
        manager.close(first, EndReason.CLIENT_REQUEST);
        opened();
        assertRefused(Rejection.FULL, manager);
        clock.advance(IDLE.plus(LATE));
        for (int i = 0; i < 3; i++) {
            opened();
        }
    }

    @Test
    void closedSession_isGoneWithItsReason() throws InterruptedException {
        Tenant tenant = new Tenant();
        Session session = opened(ALICE, tenant);
        session.acquire();
        assertTrue(manager.close(session, EndReason.CLIENT_REQUEST));
        assertNull(manager.acquire(session.id(), ALICE));
        assertFalse(session.acquire());
        assertEquals(EndReason.CLIENT_REQUEST, session.endReason());
        assertEquals(EndReason.CLIENT_REQUEST, tenant.reason());
    }

    @Test
    void occupant_isToldOnceHoweverOftenTheSessionIsClosed() throws InterruptedException {
        Tenant tenant = new Tenant();
        Session session = opened(ALICE, tenant);
        assertTrue(manager.close(session, EndReason.REPLACED));
        assertFalse(manager.close(session, EndReason.MANUAL));
        clock.advance(IDLE.plus(LATE));
        manager.close();
        assertEquals(EndReason.REPLACED, tenant.reason());
        assertEquals(0, tenant.told());
        assertEquals(0, manager.size());
    }

    @Test
    void occupantThatThrows_doesNotKeepThePlace() {
        for (int i = 0; i < 10; i++) {
            Session session = opened(ALICE, reason -> {
                throw new IllegalStateException("for the test");
            });
            assertTrue(manager.close(session, EndReason.MANUAL));
        }
    }

    @Test
    void closedManager_endsAllAndOpensNoMore() throws InterruptedException {
        Tenant one = new Tenant();
        Tenant other = new Tenant();
        opened(ALICE, one);
        opened(BOB, other).acquire();
        manager.close();
        manager.close();
        assertEquals(EndReason.SHUTDOWN, one.reason());
        assertEquals(EndReason.SHUTDOWN, other.reason());
        assertEquals(0, manager.size());
        assertRefused(Rejection.CLOSED, manager);
    }

    @Test
    void managerThatClosesWhileSessionsOpen_leavesNone() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            SessionManager contested = manager(SessionLimits.DEFAULT.withSessions(100_000).withPerOwner(100_000));
            AtomicBoolean refused = new AtomicBoolean();
            List<Thread> openers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                openers.add(Thread.ofPlatform().start(() -> {
                    while (!refused.get()) {
                        refused.compareAndSet(false,
                                contested.open(opening(ALICE, new Tenant())) instanceof Admission.Refused);
                    }
                }));
            }
            while (contested.size() == 0) {
                Thread.onSpinWait();
            }
            contested.close();
            for (Thread opener : openers) {
                opener.join();
            }
            assertEquals(0, contested.size());
        }
    }

    @Test
    void sessionAsText_isItsLabel() {
        Session session = opened();
        assertEquals(session.label(), session.toString());
    }
}
