package dev.mooring.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The three things that code needs of time. Deadlines use {@link #nanos}; {@link #now} is for display and storage only.
 * Thread-safe.
 */
public interface Time {

    /** A monotonic reading in nanoseconds; only differences mean something, and they may wrap. */
    long nanos();

    /** The wall clock. */
    Instant now();

    /**
     * Runs a short task again and again, first after one period, on a thread of this time's own. A task that throws is
     * logged and runs again.
     */
    Repeated every(Duration period, Runnable task);

    /** The time of the machine; its tasks share one daemon thread. */
    static Time system() {
        return SystemTime.INSTANCE;
    }

    /** A repeated task; closing it ends the repetition and may be done more than once. */
    interface Repeated extends AutoCloseable {
        @Override
        void close();
    }
}
