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
}
