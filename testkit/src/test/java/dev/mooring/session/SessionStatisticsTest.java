package dev.mooring.session;

import static dev.mooring.session.Berths.ALICE;
import static dev.mooring.session.Berths.BOB;
import static dev.mooring.session.Berths.IDLE;
import static dev.mooring.session.Berths.LATE;
import static dev.mooring.session.Berths.opening;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.LeaseKind;
import dev.mooring.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions in numbers, and under their names. */
@Timeout(60)
class SessionStatisticsTest {
    private final Berths berths = Berths.of(Berths.LIMITS);
    private final SessionManager manager = berths.manager;

    @Test
    void nobody_isCountedAsNothing() {
        assertEquals(new SessionStatistics(0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, Map.of(), Map.of(),
                Optional.empty(), Optional.empty(), Duration.ZERO), manager.statistics());
    }

    @Test
    void scriptedLife_isCountedInFull() {
        Instant start = berths.clock.now();
        Session oldest = berths.ready(ALICE);
        Session gone = berths.ready(BOB);
        berths.created(opening(Principal.ANONYMOUS)); // and never used
        berths.clock.advance(Duration.ofMinutes(2));
        Session told = berths.created(new Opening(Principal.LOCAL, "stdio", "", false, new Tenant()));
        manager.initialize(told, SessionClient.UNKNOWN);
        manager.close(gone, EndReason.CLIENT_REQUEST);
        Berths.use(oldest);
        berths.clock.advance(Duration.ofSeconds(10));
        Session newest = berths.created(opening(Principal.ANONYMOUS));
        Await.until(() -> !manager.statistics().byState().containsKey(SessionState.CLOSING), "the ends to be told");

        SessionStatistics numbers = manager.statistics();
        assertEquals(3, numbers.total());
        assertEquals(1, numbers.ready());
        assertEquals(1, numbers.authenticated());
        assertEquals(0, numbers.stale());
        assertEquals(Map.of(SessionState.READY, 1L, SessionState.INITIALIZING, 1L, SessionState.CREATED, 1L),
                numbers.byState());
        assertEquals(Map.of("http", 2, "stdio", 1), numbers.byTransport());
        assertEquals(5, numbers.created());
        assertEquals(2, numbers.closed());
        assertEquals(1, numbers.expired());
        assertEquals(Map.of(EndReason.CLIENT_REQUEST, 1L, EndReason.NOT_INITIALIZED, 1L), numbers.closedByReason());
        assertEquals(Map.of(), numbers.rejectedByCause());
        assertEquals(Optional.of(start), numbers.oldest());
        assertEquals(Optional.of(newest.created()), numbers.newest());
        assertEquals(Duration.ofMillis(46_667), numbers.averageAge());
    }

    @Test
    void sessionWhoseEndIsNotToldYet_isClosing() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Session session = berths.ready(new Opening(ALICE, "http", "", true, reason -> {
            try {
                told.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }), "c");
        manager.close(session, EndReason.MANUAL);
        assertEquals(Map.of(SessionState.CLOSING, 1L), manager.statistics().byState());
        assertEquals(0, manager.statistics().total());
        assertEquals(SessionState.CLOSING, session.state());
        told.countDown();
        Await.until(() -> session.state() == SessionState.CLOSED, "the end to be told");
        Await.until(() -> manager.statistics().byState().isEmpty(), "the end to be counted");
    }

    @Test
    void session_isFoundByItsLabelAndNothingElse() {
        Session session = berths.ready();
        assertEquals(Optional.of(session), manager.get(session.label()));
        assertTrue(manager.has(session.label()));
        for (String other : List.of("", "session", "session-1", "session-1-1", "session--1-1", "session-x-1", "1",
                session.id(), session.label() + "0", session.label() + "-", "other" + session.label().substring(7))) {
            assertFalse(manager.has(other), other);
        }
        manager.close(session, EndReason.MANUAL);
        assertFalse(manager.has(session.label()));
    }

    @Test
    void lookingAtASession_isNoUse() {
        Session session = berths.ready();
        berths.clock.advance(IDLE.minusSeconds(1));
        manager.get(session.label());
        manager.sessions();
        manager.sessions(ALICE);
        manager.statistics();
        session.metadata("k", "v");
        berths.clock.advance(LATE.multipliedBy(2));
        assertEquals(EndReason.IDLE, session.endReason());
    }

    @Test
    void sessionsOfAPrincipal_areInOrder() {
        Session first = berths.ready(ALICE);
        berths.ready(BOB);
        Session nobodys = berths.created(opening(Principal.ANONYMOUS, "192.0.2.1"));
        Session second = berths.ready(ALICE);
        Session nobodysToo = berths.created(opening(Principal.ANONYMOUS, "192.0.2.2"));
        assertEquals(List.of(first, second), manager.sessions(ALICE));
        assertEquals(List.of(nobodys, nobodysToo), manager.sessions(Principal.ANONYMOUS));
        assertEquals(List.of(), manager.sessions(Principal.LOCAL));
        assertEquals(5, manager.sessions().size());
    }

    @Test
    void allOfAPrincipal_areClosedAndNobodyElses() {
        berths.ready(ALICE).acquire();
        berths.ready(ALICE);
        Session other = berths.ready(BOB);
        assertEquals(2, manager.closeAll(ALICE, EndReason.MANUAL));
        assertEquals(0, manager.closeAll(ALICE, EndReason.MANUAL));
        assertEquals(List.of(other), List.copyOf(manager.sessions()));
    }

    @Test
    void clearedManager_opensAgainAndAClosedOneDoesNot() {
        berths.ready(ALICE);
        berths.ready(BOB).acquire();
        assertEquals(2, manager.clear(EndReason.MANUAL));
        assertEquals(0, manager.clear(EndReason.MANUAL));
        berths.ready(ALICE);
        manager.close();
        berths.assertRefused(Rejection.CLOSED, opening(ALICE));
        assertEquals(Map.of(EndReason.MANUAL, 2L, EndReason.SHUTDOWN, 1L), manager.statistics().closedByReason());
    }

    @Test
    void metadata_isKeptPerKeyAndBounded() {
        Session session = berths.ready();
        assertEquals(Optional.empty(), session.metadata("k"));
        assertEquals(Map.of(), session.metadata());
        for (int i = 0; i < 64; i++) {
            session.metadata("k" + i, "v");
        }
        session.metadata("k0", "x".repeat(8_192));
        assertThrows(IllegalStateException.class, () -> session.metadata("more", "v"));
        assertThrows(IllegalArgumentException.class, () -> session.metadata("k1", "x".repeat(8_193)));
        assertThrows(IllegalArgumentException.class, () -> session.metadata("k".repeat(8_193), "v"));
        assertEquals(Optional.of("v"), session.metadata("k1"));
        assertEquals(64, session.metadata().size());
    }

    @Test
    void sessionsThatCameAndWent_leaveNothingBehind() {
        Berths many = Berths.with(limits -> limits.withSessions(1_000).withPerOwner(50));
        AtomicInteger events = new AtomicInteger();
        many.manager.listen(event -> events.incrementAndGet());
        int rounds = 20;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 1_000; i++) {
                many.ready(opening(new Principal("i", "subject-" + (i % 200), Set.of())), "c");
            }
            many.assertRefused(Rejection.FULL, opening(ALICE));
            many.clock.advance(IDLE.plus(LATE));
            assertEquals(0, many.manager.size());
            int told = 1_000 * (round + 1);
            Await.until(() -> many.manager.statistics().byState().isEmpty(), "the ends to be told");
            Await.until(() -> events.get() == 9 * told, "all to be told to the listener");
        }
        SessionStatistics numbers = many.manager.statistics();
        assertEquals(20_000, numbers.created());
        assertEquals(20_000, numbers.closed());
        assertEquals(20_000, numbers.expired());
        assertEquals(Map.of("http", 0), numbers.byTransport());
        assertEquals(0, numbers.authenticated());
        assertEquals(Duration.ZERO, numbers.averageAge());
        assertEquals(Optional.empty(), numbers.oldest());
        assertEquals(9 * 20_000, events.get());
        assertEquals(0, many.manager.inOrder().size());
        assertEquals(0, many.leases.count(LeaseKind.SESSION));
    }
}
