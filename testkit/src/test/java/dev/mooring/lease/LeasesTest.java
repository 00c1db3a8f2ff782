package dev.mooring.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is held for a client ends in time and once, whatever it is. */
@Timeout(60)
class LeasesTest {
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration LATE = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final TimerWheel wheel = new TimerWheel(clock);
    private final Leases leases = new Leases(clock, wheel);
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Holding holding = new Holding() {
        @Override
        public void leaving(Lease lease, EndReason reason) {
            told.add("leaving " + lease + " " + reason);
        }

        @Override
        public void ended(Lease lease, EndReason reason) {
            told.add("ended " + lease + " " + reason);
        }
    };

    @BeforeEach
    void start() {
        wheel.start();
    }

    private Lease open(LeaseKind kind, Duration idle, Duration lifetime) {
        return leases.open(new Terms(kind, Principal.LOCAL, kind.name(), idle, lifetime), holding);
    }

    @Test
    void everyKind_isCountedByItself() {
        for (LeaseKind kind : LeaseKind.values()) {
            Lease lease = open(kind, IDLE, Duration.ZERO);
            assertEquals(1, leases.count(kind));
            leases.close(lease, EndReason.MANUAL);
            leases.close(lease, EndReason.MANUAL);
            assertEquals(0, leases.count(kind));
        }
    }

    @Test
    void end_isToldOnceAndInOrder() {
        open(LeaseKind.TASK, IDLE, Duration.ZERO);
        clock.advance(IDLE.plus(LATE));
        Await.until(() -> told.size() == 2, "the end to be told");
        assertEquals(List.of("leaving TASK IDLE", "ended TASK IDLE"), List.copyOf(told));
    }

    @Test
    void idleTimeThatIsShortened_countsFromTheLastUse() {
        Lease lease = open(LeaseKind.HANDLE, IDLE, Duration.ZERO);
        clock.advance(Duration.ofSeconds(20));
        leases.idle(lease, Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(9));
        assertFalse(lease.ended());
        clock.advance(LATE.multipliedBy(2));
        assertEquals(EndReason.IDLE, lease.endReason());
    }

    @Test
    void idleTimeThatIsProlonged_holdsFromNowOn() {
        Lease lease = open(LeaseKind.HANDLE, IDLE, Duration.ZERO);
        leases.idle(lease, IDLE.multipliedBy(3));
        clock.advance(IDLE.multipliedBy(3).minusSeconds(1));
        assertFalse(lease.ended());
        leases.idle(lease, Duration.ZERO);
        clock.advance(Duration.ofDays(10));
        assertNull(lease.endReason());
    }

    @Test
    void leaseWithoutTimes_livesUntilItIsClosed() {
        Lease lease = open(LeaseKind.CONNECTION, Duration.ZERO, Duration.ZERO);
        clock.advance(Duration.ofDays(1_000));
        assertTrue(leases.close(lease, EndReason.TRANSPORT_CLOSED));
    }

    @Test
    void endThatTakesLong_holdsUpNoExpiry() {
        CountDownLatch never = new CountDownLatch(1);
        Holding slow = new Holding() {
            @Override
            public void leaving(Lease lease, EndReason reason) {}

            @Override
            public void ended(Lease lease, EndReason reason) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        List<Lease> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(leases.open(new Terms(LeaseKind.TASK, Principal.LOCAL, "", IDLE, Duration.ZERO), slow));
        }
        clock.advance(IDLE.plus(LATE));
        assertTrue(all.stream().allMatch(Lease::ended));
        assertEquals(0, leases.count(LeaseKind.TASK));
        never.countDown();
    }

    /** Whose end does not return before the latch is open, interrupted or not. */
    private static Holding stuck(CountDownLatch until, AtomicInteger begun, AtomicInteger interrupted) {
        return new Holding() {
            @Override
            public void leaving(Lease lease, EndReason reason) {}

            @Override
            public void ended(Lease lease, EndReason reason) {
                begun.incrementAndGet();
                while (until.getCount() > 0) {
                    try {
                        until.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                }
            }
        };
    }

    @Test
    void endThatTakesLong_isInterruptedAfterFiveSeconds() {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        Terms terms = new Terms(LeaseKind.TASK, Principal.LOCAL, "", IDLE, Duration.ZERO);
        leases.close(leases.open(terms, stuck(over, begun, interrupted)), EndReason.MANUAL);
        Await.until(() -> begun.get() == 1, "the end to begin");
        clock.advance(Duration.ofMillis(4_900));
        assertEquals(0, interrupted.get());
        clock.advance(LATE);
        Await.until(() -> interrupted.get() == 1, "the interrupt");
        over.countDown();
    }

    @Test
    void endsThatAreStuck_delayOthersForSevenSecondsAndNoLonger() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Terms terms = new Terms(LeaseKind.TASK, Principal.LOCAL, "stuck", IDLE, Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            leases.close(leases.open(terms, stuck(never, begun, new AtomicInteger())), EndReason.MANUAL);
        }
        Await.until(() -> begun.get() == 20, "all places to be taken");
        leases.close(open(LeaseKind.HANDLE, IDLE, Duration.ZERO), EndReason.MANUAL);
        clock.advance(Duration.ofMillis(6_900));
        assertEquals(List.of("leaving HANDLE MANUAL"), List.copyOf(told));
        clock.advance(LATE.multipliedBy(2));
        Await.until(() -> told.contains("ended HANDLE MANUAL"), "the end that waited");
        never.countDown();
    }

    @Test
    void holdingThatFailsToLeave_isToldOfTheEndAndHarmsNobody() {
        CountDownLatch ended = new CountDownLatch(1);
        Lease failing = leases.open(new Terms(LeaseKind.TASK, Principal.LOCAL, "", IDLE, Duration.ZERO), new Holding() {
            @Override
            public void leaving(Lease lease, EndReason reason) {
                throw new IllegalStateException("for the test");
            }

            @Override
            public void ended(Lease lease, EndReason reason) {
                ended.countDown();
            }
        });
        assertTrue(leases.close(failing, EndReason.MANUAL));
        assertEquals(0, leases.count(LeaseKind.TASK));
        Await.until(() -> ended.getCount() == 0, "the end to be told");
    }

    @Test
    void leaseThatIsNotWatchedYet_outlivesItsTimesUntilItIs() {
        Lease lease =
                leases.prepare(new Terms(LeaseKind.SESSION, Principal.LOCAL, "", IDLE, IDLE.multipliedBy(2)), holding);
        assertEquals(1, leases.count(LeaseKind.SESSION));
        clock.advance(IDLE.multipliedBy(3));
        assertFalse(lease.ended());
        leases.watch(lease);
        clock.advance(LATE);
        assertEquals(EndReason.LIFETIME, lease.endReason());
    }

    @Test
    void endedLease_growsNoOlder() {
        Lease lease = open(LeaseKind.HANDLE, IDLE, Duration.ZERO);
        clock.advance(Duration.ofSeconds(7));
        leases.close(lease, EndReason.MANUAL);
        clock.advance(Duration.ofSeconds(7));
        assertEquals(Duration.ofSeconds(7), lease.age());
        assertEquals(Duration.ofSeconds(7), lease.inactive());
    }
}
