package dev.mooring.session;

import static dev.mooring.session.Berths.ALICE;
import static dev.mooring.session.Berths.IDLE;
import static dev.mooring.session.Berths.LATE;
import static dev.mooring.session.Berths.opening;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.LeaseKind;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.MemoryStore;
import dev.mooring.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of sessions whichever of two things comes first. */
@Timeout(60)
class SessionRacesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void sessionFoundAsItExpires_isHeldOrGone() throws Exception {
        Berths berths = Berths.of(Berths.LIMITS);
        for (int round = 0; round < 500; round++) {
            Session session = berths.ready();
            berths.clock.advance(IDLE.minusSeconds(1));
            List<Boolean> held =
                    Together.run(threads, List.of(() -> berths.manager.acquire(session.id(), ALICE) != null, () -> {
                        berths.clock.advance(LATE.multipliedBy(2));
                        return false;
                    }));
            assertEquals(held.getFirst(), session.endReason() == null);
            assertEquals(held.getFirst() ? 1 : 0, session.references());
            berths.manager.clear(EndReason.MANUAL);
        }
        assertEquals(0, berths.leases.count(LeaseKind.SESSION));
    }

    @Test
    void callThatEndsAsTheSessionCloses_leavesNoReference() throws Exception {
        Berths berths = Berths.of(Berths.LIMITS);
        for (int round = 0; round < 1_000; round++) {
            Session session = berths.ready();
            session.acquire();
            List<Boolean> answers = Together.run(threads, List.of(() -> {
                session.release();
                return true;
            }, () -> berths.manager.close(session, EndReason.MANUAL)));
            assertTrue(answers.getLast());
            assertEquals(0, session.references());
            assertEquals(EndReason.MANUAL, session.occupant(Tenant.class).reason());
        }
    }

    @Test
    void manyWhoCloseASession_areOneWhoDidAndItIsToldOnce() throws Exception {
        Berths berths = Berths.of(Berths.LIMITS);
        List<EndReason> reasons = List.of(EndReason.MANUAL, EndReason.CLIENT_REQUEST, EndReason.TRANSPORT_CLOSED);
        for (int round = 0; round < 500; round++) {
            Session session = berths.ready();
            List<Callable<Boolean>> closers = new ArrayList<>();
            reasons.forEach(reason -> closers.add(() -> berths.manager.close(session, reason)));
            List<Boolean> won = Together.run(threads, closers);
            assertEquals(1, won.stream().filter(Boolean::booleanValue).count());
            assertEquals(reasons.get(won.indexOf(true)), session.occupant(Tenant.class).reason());
            assertEquals(0, session.occupant(Tenant.class).told());
        }
        assertEquals(500, berths.manager.statistics().closed());
    }

    @Test
    void sessionsOpenedAtTheLimit_areNeverMoreThanThat() throws Exception {
        Berths berths = Berths.with(limits -> limits.withSessions(10).withPerOwner(4));
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Principal owner = new Principal("i", "subject-" + i % 4, Set.of());
            clients.add(() -> {
                int most = 0;
                for (int n = 0; n < 3_000; n++) {
                    if (berths.manager.open(opening(owner)) instanceof Admission.Opened(Session session)) {
                        most = Math.max(most, berths.manager.size());
                        most = Math.max(most, berths.manager.sessions(owner).size() > 4 ? 1_000 : 0);
                        session.release();
                        berths.manager.close(session, EndReason.MANUAL);
                    }
                }
                return most;
            });
        }
        assertTrue(Together.run(threads, clients).stream().allMatch(most -> most >= 1 && most <= 10));
        Await.until(() -> berths.manager.statistics().byState().isEmpty(), "all ends to be told");
        SessionStatistics numbers = berths.manager.statistics();
        assertEquals(0, numbers.total());
        assertEquals(0, numbers.authenticated());
        assertEquals(numbers.created(), numbers.closed());
        assertEquals(24_000,
                numbers.created() + numbers.rejectedByCause().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(Map.of("http", 0), numbers.byTransport());
        for (int i = 0; i < 4; i++) {
            berths.created(opening(ALICE));
        }
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
    }

    @Test
    void sessionsEvictedFromManyThreads_areAlwaysOnesOwn() throws Exception {
        Berths berths = Berths.with(limits -> limits.withSessions(100).withPerOwner(2).withEviction(true));
        Session other = berths.ready(Berths.BOB);
        List<Callable<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(() -> {
                for (int n = 0; n < 2_000; n++) {
                    if (berths.manager.open(opening(ALICE)) instanceof Admission.Opened(Session session)) {
                        session.release();
                    }
                }
                return true;
            });
        }
        Together.run(threads, clients);
        assertNull(other.endReason());
        assertEquals(2, berths.manager.sessions(ALICE).size());
        assertEquals(3, berths.manager.size());
    }

    @Test
    void sessionThatIsClosedWhileItsClientAsksForIt_doesNotComeBackFromTheStore() throws Exception {
        MemoryStore store = new MemoryStore();
        try (SessionArchive archive = SessionArchive.of(store, null, Duration.ZERO)) {
            Berths berths = Berths.keeping(archive, Berths.LIMITS.withPerOwner(2_000));
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                sessions.add(berths.ready());
            }
            Await.until(() -> store.kept().size() == sessions.size(), "all sessions to be kept");
            for (Session session : sessions) {
                List<Boolean> cameBack = Together.run(threads, List.of(() -> comesBack(berths.manager, session),
                        () -> !berths.manager.close(session, EndReason.CLIENT_REQUEST)));
                assertEquals(List.of(false, false), cameBack);
            }
            assertEquals(0, berths.manager.size());
        }
    }

    /** Uses the session until it is gone, and whether it can be had from the store then. */
    private static boolean comesBack(SessionManager manager, Session session) {
        while (manager.acquire(session.id(), ALICE) != null) {
            session.release();
        }
        return manager.absence(session.id()) == Absence.RESTORABLE
                && manager.restore(session.id(), ALICE, stored -> new Tenant()).isPresent();
    }

    @Test
    void eventsOfASessionThatEndsAsItBegins_areInOrder() throws Exception {
        Berths berths = Berths.of(Berths.LIMITS);
        Map<Session, Queue<SessionEvent>> heard = new ConcurrentHashMap<>();
        berths.manager
                .listen(event -> heard.computeIfAbsent(event.session(), s -> new ConcurrentLinkedQueue<>()).add(event));
        for (int round = 0; round < 1_000; round++) {
            List<Boolean> done = Together.run(threads, List.of(() -> {
                berths.ready();
                return true;
            }, () -> {
                while (berths.manager.clear(EndReason.MANUAL) == 0) {
                    Thread.onSpinWait();
                }
                return true;
            }));
            assertEquals(2, done.size());
        }
        Await.until(() -> heard.values().stream().allMatch(SessionRacesTest::hasEnded), "all ends to be told");
        heard.values().forEach(SessionRacesTest::assertInOrder);
        assertEquals(1_000, heard.size());
    }

    private static boolean hasEnded(Queue<SessionEvent> events) {
        return events.stream().anyMatch(event -> event instanceof SessionEvent.Closed);
    }

    private static void assertInOrder(Queue<SessionEvent> events) {
        List<SessionEvent> all = List.copyOf(events);
        assertTrue(all.getFirst() instanceof SessionEvent.Created, all::toString);
        assertTrue(all.getLast() instanceof SessionEvent.Closed, all::toString);
        SessionState state = SessionState.CREATED;
        for (SessionEvent event : all) {
            if (event instanceof SessionEvent.StateChanged moved) {
                assertEquals(state, moved.from(), all::toString);
                state = moved.to();
            }
        }
        assertEquals(SessionState.CLOSED, state);
    }
}
