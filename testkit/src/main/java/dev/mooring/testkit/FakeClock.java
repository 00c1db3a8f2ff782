package dev.mooring.testkit;

import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Time that passes when the test says so; repeated tasks run on the thread that lets it pass. Thread-safe. */
public final class FakeClock implements Time {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Task> tasks = new ArrayList<>(); // under lock
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final long origin;
    private long nanos; // under lock

    public FakeClock() {
        this(0);
    }

    /** A clock whose monotonic reading starts anywhere, for instance near its overflow. */
    public FakeClock(long origin) {
        this.origin = origin;
        this.nanos = origin;
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanos() - origin);
    }

    @Override
    public Repeated every(Duration period, Runnable task) {
        lock.lock();
        try {
            Task repeated = new Task(period.toNanos(), task, nanos + period.toNanos());
            tasks.add(repeated);
            return () -> remove(repeated);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Task task) {
        lock.lock();
        try {
            tasks.remove(task);
        } finally {
            lock.unlock();
        }
    }

    /** Lets time pass, running each repeated task as often as it is due, in the order of time. */
    public void advance(Duration by) {
        long target = nanos() + by.toNanos();
        for (Optional<Task> next = nextDue(target); next.isPresent(); next = nextDue(target)) {
            next.get().work.run();
        }
    }

    /** Lets time pass while nothing runs, as when a machine sleeps; each task that came due meanwhile is due once, now. */
    public void stall(Duration by) {
        lock.lock();
        try {
            nanos += by.toNanos();
            tasks.forEach(task -> task.due = task.due - nanos < 0 ? nanos : task.due);
        } finally {
            lock.unlock();
        }
    }

    /** Moves on to the next task that is due by the target, or to the target itself. */
    private Optional<Task> nextDue(long target) {
        lock.lock();
        try {
            Optional<Task> next =
                    tasks.stream().filter(t -> t.due - target <= 0).min(Comparator.comparingLong(t -> t.due - target));
            nanos = next.map(task -> task.due).orElse(target);
            next.ifPresent(task -> task.due += task.period);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Something that repeats; its due time belongs to the clock's lock. */
    private static final class Task {
        private final long period;
        private final Runnable work;
        private long due;

        private Task(long period, Runnable work, long due) {
            this.period = period;
            this.work = work;
            this.due = due;
        }
    }
}
