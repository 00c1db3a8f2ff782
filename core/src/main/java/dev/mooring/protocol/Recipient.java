package dev.mooring.protocol;

import dev.mooring.model.Change;
import dev.mooring.transport.Delivery;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

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
    private final SequencedSet<Change> untold = new LinkedHashSet<>(4); // under lock
    private State state = State.MUTE; // under lock

    Recipient(Line line) {
        this.line = line;
    }

    void tell(Change change) {
        lock.lock();
        try {
            if (state != State.OVER) {
                untold.add(change);
                sayWhatIsLeft();
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
            untold.clear();
        } finally {
            lock.unlock();
        }
    }

    private void move(State from, State to) {
        if (state == from) {
            state = to;
        }
    }

    /** Saying something may find that the way has ended, and close this. */
    private void sayWhatIsLeft() {
        while (state == State.OPEN && !untold.isEmpty()) {
            Change next = untold.getFirst();
            switch (line.say(next)) {
                case TAKEN -> untold.remove(next);
                case FULL -> {
                    untold.remove(next);
                    move(State.OPEN, State.FULL);
                    Thread.ofVirtual().name("mooring-notices").start(this::goOn);
                }
                case GONE -> move(State.OPEN, State.MUTE);
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
