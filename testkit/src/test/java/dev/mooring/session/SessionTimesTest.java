package dev.mooring.session;

import static dev.mooring.session.Berths.ALICE;
import static dev.mooring.session.Berths.BOB;
import static dev.mooring.session.Berths.IDLE;
import static dev.mooring.session.Berths.LATE;
import static dev.mooring.session.Berths.opening;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.testkit.MemoryStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session lives for as long as its times say, and not a second longer. */
@Timeout(60)
class SessionTimesTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static Berths with(SessionTimeouts timeouts) {
        return Berths.with(limits -> limits.withTimeouts(timeouts));
    }

    private static SessionTimeouts times() {
        return SessionTimeouts.DEFAULT.withIdle(IDLE);
    }

    private final Berths berths = Berths.of(Berths.LIMITS);

    /** That it ends for this reason, no earlier than then and within a second. */
    private static void assertEnds(Berths berths, Session session, EndReason reason, Duration ahead) {
        berths.clock.advance(ahead.minusNanos(1));
        assertNull(session.endReason());
        berths.clock.advance(LATE);
        assertEquals(reason, session.endReason());
    }

    @Test
    void longCall_isNoIdleTime() {
        Session session = berths.ready();
        session.acquire();
        berths.clock.advance(IDLE.multipliedBy(7));
        session.release();
        assertEnds(berths, session, EndReason.IDLE, IDLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 59, 60, 599, 600, 1_801, 86_400})
    void idleSession_endsWithinASecondOfItsTime(int seconds) {
        Duration idle = Duration.ofSeconds(seconds);
        Berths timed = with(times().withIdle(idle));
        assertEnds(timed, timed.ready(), EndReason.IDLE, idle);
    }

    @Test
    void sessionUsedNowAndThen_endsWithinASecondOfItsTimeAfterTheLastUse() {
        Session session = berths.ready();
        for (int i = 0; i < 20; i++) {
            berths.clock.advance(Duration.ofMillis(123_457));
            Berths.use(session);
        }
        assertEnds(berths, session, EndReason.IDLE, IDLE);
    }

    @Test
    void clientThatProvesToBeThere_keepsItsSessionWithoutUsingIt() {
        Session session = berths.ready();
        session.occupant(Tenant.class).prove(berths.clock::nanos);
        berths.clock.advance(IDLE.multipliedBy(5));
        assertNull(session.endReason());
        long last = berths.clock.nanos();
        session.occupant(Tenant.class).prove(() -> last);
        assertEnds(berths, session, EndReason.IDLE, IDLE);
    }

    @Test
    void busySession_endsAtItsLifetime() throws InterruptedException {
        Berths timed = with(times().withLifetime(LIFETIME));
        Session session = timed.ready();
        session.acquire();
        assertEnds(timed, session, EndReason.LIFETIME, LIFETIME);
        assertEquals(EndReason.LIFETIME, session.occupant(Tenant.class).reason());
    }

    @Test
    void useAndProofs_doNotProlongALifetime() {
        Berths timed = with(times().withLifetime(LIFETIME));
        Session session = timed.ready();
        session.occupant(Tenant.class).prove(timed.clock::nanos);
        for (int i = 0; i < 59; i++) {
            timed.clock.advance(Duration.ofMinutes(1));
            Berths.use(session);
        }
        assertEnds(timed, session, EndReason.LIFETIME, Duration.ofMinutes(1));
    }

    @Test
    void lifetimeWithoutIdleTime_stillEndsIt() {
        Berths timed = with(times().withIdle(Duration.ZERO).withLifetime(LIFETIME));
        assertEnds(timed, timed.ready(), EndReason.LIFETIME, LIFETIME);
    }

    @Test
    void lifetimeThatIsOverBeforeTheSessionIsBack_endsItAtOnce() {
        SessionLimits limits = Berths.LIMITS.withTimeouts(times().withLifetime(LIFETIME)).withPerOwner(1);
        MemoryStore store = new MemoryStore();
        String id;
        try (SessionArchive archive = SessionArchive.of(store, null, Duration.ZERO)) {
            Berths before = Berths.keeping(archive, limits);
            id = before.ready().id();
            before.manager.close();
        }
        try (SessionArchive archive = SessionArchive.of(store, null, Duration.ZERO)) {
            Berths after = Berths.keeping(archive, limits);
            Optional<Admission> back = after.manager.restore(id, ALICE, stored -> {
                after.clock.advance(LIFETIME);
                return new Tenant();
            });
            assertInstanceOf(Admission.Opened.class, back.orElseThrow());
            after.clock.advance(LATE);
            assertEquals(0, after.manager.size());
            after.ready();
        }
    }

    @Test
    void clockThatStoodStill_givesIdleSessionsAGrace() {
        Session session = berths.ready();
        berths.clock.stall(IDLE.multipliedBy(3));
        berths.clock.advance(GRACE.minusSeconds(1));
        assertNull(session.endReason());
        berths.clock.advance(Duration.ofSeconds(3));
        assertEquals(EndReason.IDLE, session.endReason());
    }

    @Test
    void clientThatComesBackWithinTheGrace_findsItsSessionForItsWholeTime() {
        Session session = berths.ready();
        berths.clock.stall(IDLE.multipliedBy(3));
        berths.clock.advance(GRACE.minusSeconds(5));
        Berths.use(session);
        assertEnds(berths, session, EndReason.IDLE, IDLE);
    }

    @Test
    void clockThatStoodStillBriefly_givesNoGrace() {
        Session session = berths.ready();
        berths.clock.advance(IDLE.minusSeconds(2));
        berths.clock.stall(Duration.ofMillis(4_500));
        berths.clock.advance(LATE);
        assertEquals(EndReason.IDLE, session.endReason());
    }

    @Test
    void clockThatStoodStill_delaysNoLifetime() {
        Berths timed = with(times().withLifetime(LIFETIME));
        Session over = timed.ready();
        timed.clock.advance(Duration.ofSeconds(20));
        Session soon = timed.ready();
        timed.clock.stall(LIFETIME.minusSeconds(10));
        timed.clock.advance(LATE);
        assertEquals(EndReason.LIFETIME, over.endReason());
        timed.clock.advance(Duration.ofSeconds(10));
        assertEquals(EndReason.LIFETIME, soon.endReason());
    }

    @Test
    void sessionSetDuringTheGrace_hasNoMoreThanThat() {
        berths.clock.stall(Duration.ofSeconds(20));
        berths.clock.advance(Duration.ofSeconds(5));
        Session session = berths.ready();
        assertEnds(berths, session, EndReason.IDLE, IDLE);
    }

    @Test
    void sessionThatIsNeverUsed_endsAfterItsTimeToInitialize() throws InterruptedException {
        Session session = berths.created(opening(ALICE));
        assertEnds(berths, session, EndReason.NOT_INITIALIZED, Duration.ofSeconds(60));
        assertEquals(EndReason.NOT_INITIALIZED, session.occupant(Tenant.class).reason());
        assertEquals(1, berths.manager.statistics().closedByReason().get(EndReason.NOT_INITIALIZED));
    }

    @Test
    void sessionWhoseClientWasToldButNeverCame_endsAfterItsTimeToInitialize() {
        Session session = berths.created(opening(ALICE));
        berths.manager.initialize(session, SessionClient.UNKNOWN);
        assertEnds(berths, session, EndReason.NOT_INITIALIZED, Duration.ofSeconds(60));
    }

    @Test
    void sessionOfAConnection_hasATimeToInitializeAndThenNone() {
        Session unused = berths.created(new Opening(ALICE, "stdio", "", false, new Tenant()));
        Session used = berths.ready(new Opening(ALICE, "stdio", "", false, new Tenant()), "c");
        berths.clock.advance(Duration.ofDays(2));
        assertEquals(EndReason.NOT_INITIALIZED, unused.endReason());
        assertNull(used.endReason());
    }

    @Test
    void idleTimeOfATransport_holdsInsteadOfTheGeneralOne() {
        Berths timed = with(times().withByTransport(Map.of("http", Duration.ofHours(3))));
        assertEnds(timed, timed.ready(), EndReason.IDLE, Duration.ofHours(3));
        assertEnds(timed, timed.ready(new Opening(ALICE, "websocket", "192.0.2.1", true, new Tenant()), "c"),
                EndReason.IDLE, IDLE);
    }

    @Test
    void idleTimeOfAPrincipal_holdsInsteadOfATransports() {
        Berths timed = with(times().withByTransport(Map.of("http", Duration.ofHours(3)))
                .withByPrincipal(Map.of("alice", Duration.ofHours(8))));
        assertEnds(timed, timed.ready(ALICE), EndReason.IDLE, Duration.ofHours(8));
        assertEnds(timed, timed.ready(BOB), EndReason.IDLE, Duration.ofHours(3));
    }

    @Test
    void idleTimeOfAClient_canOnlyShorten() {
        Berths timed = with(times().withByClient(
                Map.of("short", Duration.ofMinutes(2), "long", Duration.ofHours(5), "zero", Duration.ZERO)));
        assertEnds(timed, timed.ready(opening(ALICE), "short"), EndReason.IDLE, Duration.ofMinutes(2));
        assertEnds(timed, timed.ready(opening(ALICE), "long"), EndReason.IDLE, IDLE);
        assertEnds(timed, timed.ready(opening(ALICE), "zero"), EndReason.IDLE, IDLE);
    }

    @Test
    void idleTimeOfAClient_shortensForEver() {
        Berths timed = with(times().withIdle(Duration.ZERO).withByClient(Map.of("short", Duration.ofMinutes(2))));
        assertEnds(timed, timed.ready(opening(Principal.ANONYMOUS), "short"), EndReason.IDLE, Duration.ofMinutes(2));
    }

    @Test
    void timesBelowZero_areRefused() {
        Duration negative = Duration.ofSeconds(-1);
        assertThrows(IllegalArgumentException.class, () -> times().withIdle(negative));
        assertThrows(IllegalArgumentException.class, () -> times().withLifetime(negative));
        assertThrows(IllegalArgumentException.class, () -> times().withInitialize(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> times().withByClient(Map.of("c", negative)));
        assertThrows(IllegalArgumentException.class, () -> times().withByTransport(Map.of("http", negative)));
        assertThrows(IllegalArgumentException.class, () -> times().withByPrincipal(Map.of("alice", negative)));
    }
}
