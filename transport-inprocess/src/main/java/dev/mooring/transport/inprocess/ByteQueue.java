package dev.mooring.transport.inprocess;

import dev.mooring.transport.Delivery;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Messages on their way to a reader, bounded by their bytes. What was queued before the close is still taken. Thread-safe. */
final class ByteQueue {
    private static final int HIGH = 1 << 20;
    private static final int LOW = HIGH / 4;
    private static final int MOST = 16 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>(); // under lock
    private long bytes; // under lock
    private boolean closed; // under lock

    /** Whether that many more bytes are more than a reader that reads at all would leave lying. */
    boolean overflows(int more) {
        lock.lock();
        try {
            return bytes > 0 && bytes + more > MOST;
        } finally {
            lock.unlock();
        }
    }

    Delivery offer(byte[] message) {
        lock.lock();
        try {
            if (closed) {
                return Delivery.GONE;
            }
            queue.add(message);
            bytes += message.length;
            changed.signalAll();
            return bytes > HIGH ? Delivery.FULL : Delivery.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** The next message, waiting for it; null once the queue is closed and empty. */
    byte @Nullable [] take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.await();
            }
            byte[] message = queue.poll();
            bytes -= message == null ? 0 : message.length;
            changed.signalAll();
            return message;
        } finally {
            lock.unlock();
        }
    }

    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (bytes > LOW && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
