package dev.mooring.client;

import dev.mooring.model.Change;
import dev.mooring.transport.TransportException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be told of, and what it was told and has not taken yet: each change once, however often it happened.
 * Made by {@link McpClient#listen}. Thread-safe.
 */
public final class Subscription implements AutoCloseable {
    private final Set<Change> wanted;
    private final Consumer<Subscription> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SequencedSet<Change> untaken = new LinkedHashSet<>(); // under lock
    private @Nullable Set<Change> honoured; // under lock, set once, by the acknowledgement
    private boolean over; // under lock
    private @Nullable RuntimeException failure; // under lock, why it ended if that was no good end

    Subscription(Set<Change> wanted, Consumer<Subscription> onClose) {
        this.wanted = Set.copyOf(wanted);
        this.onClose = onClose;
    }

    Set<Change> wanted() {
        return wanted;
    }

    /** What of all that was asked for the server tells. */
    public Set<Change> honoured() {
        lock.lock();
        try {
            return honoured == null ? Set.of() : honoured;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something to change.
     *
     * @return what changed; empty once this is closed, or ended by the server
     * @throws RuntimeException if it ended in another way, such as a {@link TransportException} if the connection broke
     */
    public Optional<Change> next() throws InterruptedException {
        lock.lock();
        try {
            while (untaken.isEmpty() && !over) {
                changed.await();
            }
            if (untaken.isEmpty() && failure != null) {
                throw failure;
            }
            return untaken.isEmpty() ? Optional.empty() : Optional.of(untaken.removeFirst());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the server has agreed; false if that took longer. */
    boolean awaitAcknowledgement(Duration most) throws InterruptedException {
        boolean agreed = await(() -> honoured != null || over, most);
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
            return agreed;
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier holds, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (!holds.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return holds.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    void acknowledged(Set<Change> agreed) {
        change(() -> honoured = Set.copyOf(agreed));
    }

    void tell(Change change) {
        change(() -> untaken.add(change));
    }

    /** Nothing more will be told. The first end counts. */
    void end(@Nullable RuntimeException why) {
        change(() -> {
            failure = over ? failure : why;
            over = true;
        });
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it; what was told already can still be taken. May be repeated. */
    @Override
    public void close() {
        boolean first;
        lock.lock();
        try {
            first = !over;
        } finally {
            lock.unlock();
        }
        if (first) {
            end(null);
            onClose.accept(this);
        }
    }
}
