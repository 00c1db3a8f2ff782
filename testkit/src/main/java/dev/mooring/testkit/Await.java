package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what other threads do: as long as it takes, but never for ever; too long is a failure that says what was awaited. */
public final class Await {
    /** How long anything here may take. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private Await() {}

    /** Waits until the latch is open. */
    public static void open(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            fail(waited(what));
        }
    }

    /** Waits for that many permits and takes them. */
    public static void permits(Semaphore semaphore, int permits, String what) throws InterruptedException {
        if (!semaphore.tryAcquire(permits, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            fail(waited(what) + " (" + semaphore.availablePermits() + " of " + permits + ")");
        }
    }

    /** Waits until something holds that nobody announces, by looking again and again. */
    public static void until(BooleanSupplier holds, String what) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!holds.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        if (!holds.getAsBoolean()) { // once more: this thread may have been the slow one
            fail(waited(what));
        }
    }

    static String waited(String what) {
        return "waited " + LIMIT.toSeconds() + " s in vain for " + what;
    }
}
