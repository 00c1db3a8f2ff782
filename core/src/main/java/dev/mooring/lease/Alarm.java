package dev.mooring.lease;

import org.jspecify.annotations.Nullable;

/** Something to do at a time, set on a {@link TimerWheel}. Its links and its tick belong to the wheel's lock. */
public final class Alarm {
    final Runnable action;
    @Nullable
    Alarm previous;

    @Nullable
    Alarm next;

    long tick;

    /**
     * Makes an alarm.
     *
     * @param action runs on the wheel's thread: short, never blocking; work is handed on from there
     */
    public Alarm(Runnable action) {
        this.action = action;
    }

    boolean linked() {
        return next != null;
    }

    void linkBefore(Alarm head) {
        Alarm last = head.previous == null ? head : head.previous;
        previous = last;
        next = head;
        last.next = this;
        head.previous = this;
    }

    void unlink() {
        if (previous != null && next != null) {
            previous.next = next;
            next.previous = previous;
        }
        previous = null;
        next = null;
    }
}
