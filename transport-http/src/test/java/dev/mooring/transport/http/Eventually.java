package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Waits for what another thread is about to do, and nothing tells of. */
final class Eventually {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    private Eventually() {}

    static void equal(int expected, IntSupplier actual) {
        long start = System.nanoTime();
        while (actual.getAsInt() != expected && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertEquals(expected, actual.getAsInt());
    }
}
