package dev.mooring.protocol;

import dev.mooring.model.Change;
import dev.mooring.transport.Delivery;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of changes. While that cannot be done, because there is no stream or its reader is slow, each change
 * is kept once, however often it happens; so nothing is lost and nothing piles up. Thread-safe; telling never blocks.
 */
final class Recipient {

    /** The way to a recipient. */
    interface Line {

        /** Tells of a change; never blocks. {@link Delivery#GONE} if there is no way at present. */
        Delivery say(Change change);

        /** Waits until the way is free, or has ended. */
        void awaitWritable() throws InterruptedException;
    }

    private enum State {
        /** There is no way to it, or not yet. */
        MUTE,
        OPEN,
        /** The way is full; a thread waits. */
        FULL,
        OVER
    }

    private final Line line;
    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.MUTE; // under lock
    private @Nullable SequencedSet<Change> untold; // under lock; null if there is nothing, as always while it is open

    Recipient(Line line) {
        this.line = line;
    }

    void tell(Change change) {
        lock.lock();
        try {
            if (state != State.OPEN || !isSaid(change)) {
                remember(change);
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is a way now. */
    void open() {
        lock.lock();
        try {
            move(State.MUTE, State.OPEN);
            sayWhatIsLeft();
        } finally {
            lock.unlock();
        }
    }

    /** From now on it is told nothing. */
    void close() {
        lock.lock();
        try {
            state = State.OVER;
            untold = null;
        } finally {
            lock.unlock();
        }
    }

    private void move(State from, State to) {
        if (state == from) {
            state = to;
        }
    }

    private void remember(Change change) {
        if (state != State.OVER) {
            SequencedSet<Change> kept = untold == null ? new LinkedHashSet<>(4) : untold;
            kept.add(change);
            untold = kept;
        }
    }

    /** Says something; it may turn out that the way is full from now on, or not there, or that this is closed. */
    private boolean isSaid(Change change) {
        return switch (line.say(change)) {
            case TAKEN -> true;
            case FULL -> {
                move(State.OPEN, State.FULL);
                Thread.ofVirtual().name("mooring-notices").start(this::goOn);
                yield true;
            }
            case GONE -> {
                move(State.OPEN, State.MUTE);
                yield false;
            }
        };
    }

    private void sayWhatIsLeft() {
        while (state == State.OPEN && untold != null) {
            SequencedSet<Change> kept = untold;
            Change next = kept.getFirst();
            if (isSaid(next)) {
                kept.remove(next);
                untold = kept.isEmpty() ? null : untold;
            }
        }
    }

    private void goOn() {
        try {
            line.awaitWritable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; saying it tells whether the way is free
        }
        lock.lock();
        try {
            move(State.FULL, State.OPEN);
            sayWhatIsLeft();
        } finally {
            lock.unlock();
        }
    }
}
