package dev.mooring.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is not over yet, so that a drain can wait for it. Thread-safe; without locks until somebody waits. */
public final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private volatile boolean awaited;

    /** Counts one more, and returns how many there are with it. */
    public int begin() {
        return count.incrementAndGet();
    }

    public void end() {
        if (count.decrementAndGet() == 0 && awaited) {
            lock.lock();
            try {
                none.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    public int count() {
        return count.get();
    }

    /** Whether anybody has begun to wait: a drain is under way, or was. */
    public boolean awaited() {
        return awaited;
    }

    /** Waits until nothing is in flight, at most this long. */
    public DrainResult await(Duration grace) throws InterruptedException {
        awaited = true;
        long left = grace.toNanos();
        lock.lockInterruptibly();
        try {
            while (count.get() > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        int unfinished = count.get();
        return unfinished == 0 ? DrainResult.CLEAN : new DrainResult(false, unfinished);
    }
}
