package dev.mooring.http;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that happens at most once, and what is to be done then. Thread-safe; listeners run outside the lock. */
final class Occurrence {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.http");

    private enum State {
        EXPECTED,
        HAPPENED,
        AVERTED
    }

    // Both under this object's monitor, which is never held around a callback.
    private State state = State.EXPECTED;
    private List<Runnable> listeners = List.of();

    /** Runs the listener when it happens; at once if it has. */
    void on(Runnable listener) {
        synchronized (this) {
            if (state == State.EXPECTED) {
                if (listeners.isEmpty()) {
                    listeners = new ArrayList<>(1);
                }
                listeners.add(listener);
                return;
            }
            if (state == State.AVERTED) {
                return;
            }
        }
        run(listener);
    }

    void happen() {
        settle(State.HAPPENED).forEach(Occurrence::run);
    }

    /** It will not happen any more: the listeners are forgotten. */
    void avert() {
        settle(State.AVERTED);
    }

    private synchronized List<Runnable> settle(State end) {
        if (state != State.EXPECTED) {
            return List.of();
        }
        state = end;
        List<Runnable> waiting = listeners;
        listeners = List.of();
        return waiting;
    }

    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("A listener failed", e);
        }
    }
}
