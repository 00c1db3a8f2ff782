package dev.mooring.http;

import dev.mooring.transport.DrainResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is not answered yet, and waits until nothing is. Thread-safe. */
final class Exchanges {
    private final AtomicInteger open = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile boolean draining;

    void begin() {
        open.incrementAndGet();
    }

    void end() {
        if (open.decrementAndGet() == 0 && draining) {
            lock.lock();
            try {
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    int open() {
        return open.get();
    }

    boolean isDraining() {
        return draining;
    }

    DrainResult drain(Duration grace) throws InterruptedException {
        draining = true;
        long left = TimeUnit.NANOSECONDS.convert(grace);
        lock.lockInterruptibly();
        try {
            while (open.get() > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        int unanswered = open.get();
        return unanswered == 0 ? DrainResult.CLEAN : new DrainResult(false, unanswered);
    }
}
