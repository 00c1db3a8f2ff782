package dev.mooring.protocol;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The legacy messages of a shared channel in the order they came. What follows an {@code initialize} waits until that is
 * answered, so that a client need not: interceptors may take their time for it. Thread-safe.
 */
final class Arrivals {
    /** A client that sends more than that without an answer is served out of turn, and so told to initialize. */
    private static final int MOST = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Queue<Runnable> waiting; // under lock; null as long as nothing has to wait

    /** Serves a message, now or in its turn. */
    void take(Runnable message) {
        lock.lock();
        try {
            if (waiting != null && waiting.size() < MOST) {
                waiting.add(message);
                return;
            }
        } finally {
            lock.unlock();
        }
        message.run();
    }

    /** Lets what comes from now on wait until what is returned was run. */
    Runnable hold() {
        lock.lock();
        try {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
        } finally {
            lock.unlock();
        }
        return this::go;
    }

    private void go() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable next = waiting == null ? null : waiting.poll();
            if (next == null) {
                waiting = null;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
