package dev.mooring.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of an outlet, for bindings to build theirs on: happens once, the first cause counts, each listener hears it once. Thread-safe. */
public final class EndSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<End>> listeners = new ArrayList<>(2); // under lock, empty after the end
    private volatile @Nullable End cause; // written under lock

    public boolean ended() {
        return cause != null;
    }

    /** Why it ended; {@link End#DONE} while it has not. */
    public End cause() {
        End now = cause;
        return now == null ? End.DONE : now;
    }

    /** Ends it and tells the listeners on this thread; false if it had ended. */
    public boolean end(End why) {
        List<Consumer<End>> told;
        lock.lock();
        try {
            if (cause != null) {
                return false;
            }
            cause = why;
            told = List.copyOf(listeners);
            listeners.clear();
        } finally {
            lock.unlock();
        }
        told.forEach(listener -> listener.accept(why));
        return true;
    }

    /** Hears of the end when it comes, or now if it came. */
    public void onEnd(Consumer<End> listener) {
        End came;
        lock.lock();
        try {
            came = cause;
            if (came == null) {
                listeners.add(listener);
            }
        } finally {
            lock.unlock();
        }
        if (came != null) {
            listener.accept(came);
        }
    }
}
