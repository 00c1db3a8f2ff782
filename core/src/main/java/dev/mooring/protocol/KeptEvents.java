package dev.mooring.protocol;

import dev.mooring.lease.Alarm;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one session for events: makes room within its limits, lets go what is too old, and what is more than its
 * share when the server needs room. Guarded by the lock of its session's streams.
 */
final class KeptEvents {
    private final EventBudget budget;
    private final ReentrantLock lock;
    private final SequencedSet<ResumableStream> delivered = new LinkedHashSet<>(4);
    private final SequencedSet<KeptEvent> events = new LinkedHashSet<>(4); // oldest first, without responses
    private final SequencedSet<KeptEvent> responses = new LinkedHashSet<>(4);
    private final Alarm alarm = new Alarm(this::ring);
    private long bytes;
    private boolean watching;

    KeptEvents(EventBudget budget, ReentrantLock lock) {
        this.budget = budget;
        this.lock = lock;
    }

    /** Keeps an event if there is room. */
    void keep(ResumableStream stream, long sequence, byte[] line) {
        EventLog log = stream.log();
        if (!reserve(KeptEvent.size(line))) {
            log.lost(sequence);
            return;
        }
        KeptEvent event = new KeptEvent(stream, sequence, line, budget.time().nanos());
        log.add(event);
        events.add(event);
        for (KeptEvent old = log.overflow(budget.limits()); old != null; old = log.overflow(budget.limits())) {
            drop(old);
        }
        watch();
    }

    /** Keeps a response if there is room; false if not. */
    boolean keepResponse(ResumableStream stream, long sequence, byte[] line) {
        if (!reserve(KeptEvent.size(line))) {
            return false;
        }
        KeptEvent event = new KeptEvent(stream, sequence, line, budget.time().nanos());
        stream.log().addResponse(event);
        responses.add(event);
        watch();
        return true;
    }

    /** The response of that stream was written to its client, which may still not have got it: the first to go. */
    void delivered(ResumableStream stream) {
        if (stream.log().hasResponse()) {
            delivered.add(stream);
        }
    }

    /** Lets everything go that is kept of a stream. */
    void forget(ResumableStream stream) {
        delivered.remove(stream);
        stream.log().after(0).forEach(this::drop);
    }

    private boolean reserve(long size) {
        if (size > Math.min(budget.limits().sessionBytes(), budget.limits().totalBytes())) {
            return false;
        }
        while (bytes + size > budget.limits().sessionBytes() || !budget.take(size)) {
            if (!evict()) {
                return false;
            }
        }
        if (bytes == 0) {
            budget.holds(this);
        }
        bytes += size;
        return true;
    }

    private boolean evict() {
        if (!delivered.isEmpty()) {
            delivered.getFirst().forget();
        } else if (!events.isEmpty()) {
            drop(events.getFirst());
        } else if (!responses.isEmpty()) {
            responses.getFirst().stream().forget();
        } else {
            return false;
        }
        return true;
    }

    private void drop(KeptEvent event) {
        if (events.remove(event) || responses.remove(event)) {
            event.stream().log().remove(event);
            bytes -= event.size();
            budget.giveBack(event.size());
            if (bytes == 0) {
                budget.holdsNothing(this);
            }
        }
    }

    /** Keeps no more than that; called without the lock. */
    void giveWay(long share) {
        lock.lock();
        try {
            boolean more = true;
            while (more && bytes > share) {
                more = evict();
            }
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        KeptEvent event = events.isEmpty() ? null : events.getFirst();
        KeptEvent response = responses.isEmpty() ? null : responses.getFirst();
        if (!watching && (event != null || response != null)) {
            watching = true;
            long left = Math.min(untilTooOld(event), untilTooOld(response));
            budget.wheel().set(alarm, Math.max(1, left));
        }
    }

    private long untilTooOld(@Nullable KeptEvent event) {
        long age = budget.limits().age().toNanos();
        return event == null ? age : event.at() + age - budget.time().nanos();
    }

    private void ring() {
        lock.lock();
        try {
            watching = false;
            while (!events.isEmpty() && untilTooOld(events.getFirst()) <= 0) {
                drop(events.getFirst());
            }
            while (!responses.isEmpty() && untilTooOld(responses.getFirst()) <= 0) {
                responses.getFirst().stream().forget();
            }
            watch();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch over what is kept; nothing is by now. */
    void close() {
        watching = true;
        budget.wheel().cancel(alarm);
    }
}
