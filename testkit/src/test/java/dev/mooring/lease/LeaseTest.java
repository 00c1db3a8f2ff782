package dev.mooring.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lease is used or over, never both, whoever comes first. */
@Timeout(60)
class LeaseTest {
    private static final long IDLE = Duration.ofSeconds(10).toNanos();
    private static final Terms TERMS =
            new Terms(LeaseKind.HANDLE, Principal.ANONYMOUS, "label", Duration.ofNanos(IDLE), Duration.ZERO);
    private static final Holding NOTHING = new Holding() {
        @Override
        public void leaving(Lease lease, EndReason reason) {}

        @Override
        public void ended(Lease lease, EndReason reason) {}
    };

    private final FakeClock clock = new FakeClock();
    private final Lease lease = lease();

    private Lease lease() {
        return lease(clock);
    }

    private static Lease lease(FakeClock clock) {
        return new Lease(TERMS, NOTHING, clock, new Leases(clock, new TimerWheel(clock)));
    }

    @Test
    void newLease_livesWithoutReferences() {
        assertEquals(0, lease.references());
        assertFalse(lease.ended());
        assertNull(lease.endReason());
        assertEquals("label", lease.label());
    }

    @Test
    void references_areCounted() {
        assertTrue(lease.acquire());
        assertTrue(lease.acquire());
        lease.release();
        assertEquals(1, lease.references());
    }

    @Test
    void references_areCountedOverMoreUsesThanTheirCounterHolds() {
        for (int i = 0; i < 100_000; i++) {
            assertTrue(lease.acquire());
            lease.release();
        }
        assertEquals(0, lease.references());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, Long.MIN_VALUE})
    void idleLease_expiresAtItsTime(long origin) {
        FakeClock time = new FakeClock(origin);
        Lease idle = lease(time);
        time.advance(Duration.ofNanos(IDLE - 1));
        assertFalse(idle.expire());
        time.advance(Duration.ofNanos(1));
        assertTrue(idle.expire());
        assertEquals(EndReason.IDLE, idle.endReason());
    }

    @Test
    void leaseInUse_doesNotExpire() {
        lease.acquire();
        clock.advance(Duration.ofDays(1_000));
        assertFalse(lease.expire());
    }

    @Test
    void idleTime_countsFromTheLastRelease() {
        lease.acquire();
        clock.advance(Duration.ofSeconds(100));
        lease.release();
        clock.advance(Duration.ofSeconds(9));
        assertFalse(lease.expire());
        assertEquals(Duration.ofSeconds(9), lease.inactive());
    }

    @Test
    void endedLease_cannotBeAcquired() {
        lease.close(EndReason.MANUAL);
        assertFalse(lease.acquire());
        assertEquals(0, lease.references());
    }

    @Test
    void leaseInUse_canBeClosedAndReleasedAfter() {
        lease.acquire();
        assertTrue(lease.close(EndReason.SHUTDOWN));
        assertEquals(1, lease.references());
        lease.release();
        assertEquals(0, lease.references());
        assertTrue(lease.ended());
    }

    @Test
    void releaseTooMany_doesNothing() {
        lease.release();
        assertEquals(0, lease.references());
        assertFalse(lease.ended());
        clock.advance(Duration.ofNanos(IDLE));
        lease.release();
        assertTrue(lease.expire(), "a release of nothing is no use");
    }

    @Test
    void leaseInUse_isNotClosedAsUnused() {
        lease.acquire();
        assertFalse(lease.closeUnused(EndReason.EVICTED));
        lease.release();
        assertTrue(lease.closeUnused(EndReason.EVICTED));
        assertFalse(lease.closeUnused(EndReason.EVICTED));
        assertEquals(EndReason.EVICTED, lease.endReason());
    }

    @Test
    void termsBelowZero_areRefused() {
        Duration negative = Duration.ofNanos(-1);
        assertThrows(IllegalArgumentException.class,
                () -> new Terms(LeaseKind.TASK, Principal.LOCAL, "", negative, Duration.ZERO));
        assertThrows(IllegalArgumentException.class,
                () -> new Terms(LeaseKind.TASK, Principal.LOCAL, "", Duration.ZERO, negative));
    }

    @Test
    void firstReason_wins() {
        assertTrue(lease.close(EndReason.REPLACED));
        assertFalse(lease.close(EndReason.MANUAL));
        clock.advance(Duration.ofDays(1));
        assertFalse(lease.expire());
        assertEquals(EndReason.REPLACED, lease.endReason());
    }

    @Test
    void manyWhoClose_haveOneWhoDid() throws Exception {
        for (int round = 0; round < 500; round++) {
            Lease contested = lease();
            List<EndReason> winners = new ArrayList<>();
            List<Callable<EndReason>> closers = new ArrayList<>();
            for (EndReason reason : List.of(EndReason.MANUAL, EndReason.SHUTDOWN, EndReason.REPLACED)) {
                closers.add(() -> contested.close(reason) ? reason : null);
            }
            clock.advance(Duration.ofNanos(IDLE));
            closers.add(() -> contested.expire() ? EndReason.IDLE : null);
            for (EndReason reason : Together.run(threads, closers)) {
                if (reason != null) {
                    winners.add(reason);
                }
            }
            assertEquals(1, winners.size());
            assertEquals(winners.getFirst(), contested.endReason());
        }
    }

    @Test
    void useAndExpiryAtOnce_haveOneWinner() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Lease contested = lease();
            clock.advance(Duration.ofNanos(IDLE));
            List<Boolean> won = Together.run(threads, List.of(contested::acquire, () -> contested.expire()));
            assertTrue(won.get(0) ^ won.get(1), won::toString);
            assertEquals(won.get(1), contested.ended());
        }
    }

    @Test
    void useThatIsOverBeforeTheExpiryDecides_stillCounts() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Lease contested = lease();
            clock.advance(Duration.ofNanos(IDLE));
            List<Boolean> won = Together.run(threads, List.of(() -> {
                boolean acquired = contested.acquire();
                if (acquired) {
                    contested.release();
                }
                return acquired;
            }, () -> contested.expire()));
            assertTrue(won.get(0) ^ won.get(1), won::toString);
        }
    }

    @Test
    void manyUsers_leaveNoReferenceBehind() throws Exception {
        List<Callable<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(() -> {
                for (int n = 0; n < 20_000 && lease.acquire(); n++) {
                    lease.release();
                }
                return true;
            });
        }
        users.add(() -> lease.expire());
        Together.run(threads, users);
        assertEquals(0, lease.references());
        assertFalse(lease.ended());
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }
}
