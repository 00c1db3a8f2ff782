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

    /** The head of a list without alarms. */
    static Alarm head() {
        Alarm head = new Alarm(() -> {});
        head.previous = head;
        head.next = head;
        return head;
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

    /** Takes the first alarm out of this head's list; null if there is none. */
    @Nullable
    Alarm takeFirst() {
        Alarm first = next;
        if (first == null || first == this) {
            return null;
        }
        first.unlink();
        return first;
    }

    /** Moves all alarms of another head to the end of this one's list. */
    void takeOver(Alarm other) {
        Alarm first = other.next;
        Alarm last = other.previous;
        if (first == null || last == null || first == other) {
            return;
        }
        Alarm end = previous == null ? this : previous;
        end.next = first;
        first.previous = end;
        last.next = this;
        previous = last;
        other.next = other;
        other.previous = other;
    }
}
