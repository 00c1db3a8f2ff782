package dev.mooring.session;

import static dev.mooring.session.Berths.ALICE;
import static dev.mooring.session.Berths.IDLE;
import static dev.mooring.session.Berths.LATE;
import static dev.mooring.session.Berths.opening;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a session is told to whoever listens, in order, and no listener harms anybody. */
@Timeout(60)
class SessionEventsTest {
    private final Berths berths = Berths.of(Berths.LIMITS);
    private final Queue<SessionEvent> heard = new ConcurrentLinkedQueue<>();

    private void listen() {
        berths.manager.listen(heard::add);
    }

    private List<SessionEvent> heard(int events) {
        Await.until(() -> heard.size() >= events, events + " events");
        return List.copyOf(heard);
    }

    private static SessionEvent moved(Session session, SessionState from, SessionState to) {
        return new SessionEvent.StateChanged(session, from, to);
    }

    @Test
    void wholeLife_isToldInOrder() {
        listen();
        Session session = berths.created(opening(ALICE));
        SessionClient client = new SessionClient("c", "1", "2025-11-25");
        berths.manager.initialize(session, client);
        berths.manager.ready(session);
        berths.manager.ready(session);
        Berths.use(session);
        berths.clock.advance(Duration.ofSeconds(7));
        berths.manager.close(session, EndReason.CLIENT_REQUEST);
        berths.manager.close(session, EndReason.MANUAL);
        assertEquals(
                List.of(new SessionEvent.Created(session), new SessionEvent.Authenticated(session),
                        moved(session, SessionState.CREATED, SessionState.INITIALIZING),
                        new SessionEvent.Initialized(session, client),
                        moved(session, SessionState.INITIALIZING, SessionState.READY),
                        moved(session, SessionState.READY, SessionState.CLOSING),
                        moved(session, SessionState.CLOSING, SessionState.CLOSED),
                        new SessionEvent.Closed(session, EndReason.CLIENT_REQUEST, Duration.ofSeconds(7), 2)),
                heard(8));
        assertEquals(SessionState.CLOSED, session.state());
    }

    @Test
    void expiry_isToldBeforeTheEnd() {
        listen();
        Session session = berths.created(opening(Principal.ANONYMOUS));
        berths.clock.advance(Duration.ofSeconds(60).plus(LATE));
        List<SessionEvent> all = heard(5);
        assertEquals(new SessionEvent.Created(session), all.get(0));
        assertEquals(moved(session, SessionState.CREATED, SessionState.CLOSING), all.get(1));
        assertTrue(
                all.get(2) instanceof SessionEvent.Expired(Session s, EndReason why, Duration inactive) && s == session
                        && why == EndReason.NOT_INITIALIZED
                        && inactive.toSeconds() == 60,
                all::toString);
        assertTrue(all.get(4) instanceof SessionEvent.Closed(Session s, EndReason why, Duration age, long calls)
                && s == session
                && why == EndReason.NOT_INITIALIZED
                && age.toSeconds() >= 60
                && calls == 1, all::toString);
    }

    @Test
    void clientThatBreaksTheProtocol_endsInError() {
        listen();
        Session session = berths.ready(Principal.ANONYMOUS);
        berths.manager.close(session, EndReason.PROTOCOL_VIOLATION);
        List<SessionEvent> all = heard(6);
        assertEquals(moved(session, SessionState.READY, SessionState.ERROR), all.get(4));
        assertTrue(all.get(5) instanceof SessionEvent.Closed closed && closed.reason() == EndReason.PROTOCOL_VIOLATION,
                all::toString);
        assertEquals(SessionState.ERROR, session.state());
    }

    @Test
    void principalThatProvesItself_isToldOnce() {
        listen();
        Session session = berths.created(opening(Principal.LOCAL));
        assertTrue(berths.manager.authenticate(session));
        assertEquals(false, berths.manager.authenticate(session));
        assertTrue(session.authenticated());
        berths.manager.close(session, EndReason.MANUAL);
        assertEquals(1, heard(5).stream().filter(event -> event instanceof SessionEvent.Authenticated).count());
    }

    @Test
    void endedSession_isNotAuthenticatedAnyMore() {
        Session session = berths.created(opening(Principal.LOCAL));
        berths.manager.close(session, EndReason.MANUAL);
        assertEquals(false, berths.manager.authenticate(session));
        assertEquals(0, berths.manager.statistics().authenticated());
    }

    @Test
    void endThatTakesLong_makesTheSessionNoOlder() {
        listen();
        CountDownLatch begun = new CountDownLatch(1);
        Session session = berths.ready(new Opening(Principal.ANONYMOUS, "http", "192.0.2.1", true, reason -> {
            begun.countDown();
            LockSupport.park(); // until it is interrupted for taking long
        }), "c");
        berths.clock.advance(Duration.ofSeconds(7));
        berths.manager.close(session, EndReason.MANUAL);
        Await.until(() -> begun.getCount() == 0, "the end to begin");
        berths.clock.advance(Duration.ofSeconds(6));
        assertEquals(new SessionEvent.Closed(session, EndReason.MANUAL, Duration.ofSeconds(7), 1), heard(7).getLast());
    }

    @Test
    void listenerThatThrows_hearsTheNextAndHarmsNobody() {
        AtomicInteger called = new AtomicInteger();
        berths.manager.listen(event -> {
            called.incrementAndGet();
            throw new IllegalStateException("for the test");
        });
        berths.manager.listen(event -> {
            called.incrementAndGet();
            throw new AssertionError("for the test");
        });
        berths.manager.listen(event -> {
            called.incrementAndGet();
            throw new InterruptedException("for the test");
        });
        listen();
        berths.manager.close(berths.ready(), EndReason.MANUAL);
        heard(8);
        Await.until(() -> called.get() == 24, "each listener to hear all");
    }

    @Test
    void listenerThatBlocks_holdsUpItsOwnSessionOnly() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Queue<Session> others = new ConcurrentLinkedQueue<>();
        berths.manager.listen(event -> {
            if (event.session().number() == 1) {
                never.await();
            }
            others.add(event.session());
        });
        listen();
        Session stuck = berths.ready();
        Session free = berths.ready();
        berths.manager.close(stuck, EndReason.MANUAL);
        berths.manager.close(free, EndReason.MANUAL);
        heard(16);
        Await.until(() -> others.size() == 8, "the events of the other session");
        assertTrue(others.stream().allMatch(session -> session == free));
        assertEquals(0, berths.manager.size());
        never.countDown();
        Await.until(() -> others.size() == 16, "what was held up");
    }

    @Test
    void listenerThatDoesNotKeepUp_losesEventsAndNobodyElseDoes() {
        Semaphore slow = new Semaphore(0);
        AtomicInteger slowly = new AtomicInteger();
        berths.manager.listen(event -> {
            slow.acquire();
            slowly.incrementAndGet();
        });
        AtomicInteger quickly = new AtomicInteger();
        berths.manager.listen(event -> quickly.incrementAndGet());
        for (int i = 0; i < 2_000; i++) {
            berths.manager.close(berths.ready(), EndReason.MANUAL);
            int told = 8 * (i + 1);
            Await.until(() -> quickly.get() == told, "the quick one to hear all");
        }
        slow.release(100_000);
        Await.until(() -> slowly.get() == 10_000, "the slow one to hear what waited");
        Session last = berths.ready();
        Await.until(() -> slowly.get() == 10_005, "the slow one to hear again");
        berths.manager.close(last, EndReason.MANUAL);
    }

    @Test
    void listenerThatWentAway_hearsNothing() throws Exception {
        AutoCloseable listening = berths.manager.listen(heard::add);
        listening.close();
        AtomicInteger other = new AtomicInteger();
        berths.manager.listen(event -> other.incrementAndGet());
        berths.ready();
        Await.until(() -> other.get() == 5, "the other to hear all");
        assertEquals(0, heard.size());
    }

    @Test
    void sessionThatExpiresWhileAListenerBlocks_endsNonetheless() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        berths.manager.listen(event -> never.await());
        Session session = berths.ready();
        berths.clock.advance(IDLE.plus(LATE));
        assertEquals(EndReason.IDLE, session.occupant(Tenant.class).reason());
        never.countDown();
    }
}
