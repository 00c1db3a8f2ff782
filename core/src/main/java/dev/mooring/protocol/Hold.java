package dev.mooring.protocol;

import dev.mooring.session.Session;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call's reference to its session, if it has one: given back when the call has left, and lent while it waits for its
 * client, because waiting for somebody who may never come back does not keep a session. Thread-safe.
 */
final class Hold {
    private enum State {
        HELD,
        LENT,
        LEFT
    }

    private final @Nullable Session session;
    private final Runnable onLeave;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    private Hold(@Nullable Session session, Runnable onLeave) {
        this.session = session;
        this.onLeave = onLeave;
    }

    /** Takes over a reference that was acquired. */
    static Hold of(Session session) {
        return new Hold(session, session::release);
    }

    /** Of a call that belongs to no session. */
    static Hold none() {
        return of(() -> {});
    }

    /** Of a call that belongs to no session, but is waited for: that runs once, when the call has left. */
    static Hold of(Runnable onLeave) {
        return new Hold(null, onLeave);
    }

    void lend() {
        if (session != null && state.compareAndSet(State.HELD, State.LENT)) {
            session.release();
        }
    }

    /** Takes it back, unless the call has left or the session has ended, which ends the call. */
    void retake() {
        if (session != null && state.get() == State.LENT
                && session.acquire()
                && !state.compareAndSet(State.LENT, State.HELD)) {
            session.release();
        }
    }

    /** The call has left. */
    void leave() {
        if (state.getAndSet(State.LEFT) == State.HELD) {
            onLeave.run();
        }
    }
}
