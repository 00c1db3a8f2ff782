package dev.mooring.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one stream, as far as they are kept, oldest first. Guarded by the lock of its session's streams. */
final class EventLog {
    private final ArrayDeque<KeptEvent> events = new ArrayDeque<>(1);
    private @Nullable KeptEvent response;
    private long bytes; // of events
    private long last; // the number of the last event, kept or not
    private long lost; // the number of the last one that is not kept

    /** The number of the next event. */
    long next() {
        return ++last;
    }

    /** That event is not kept. */
    void lost(long sequence) {
        lost = Math.max(lost, sequence);
    }

    void add(KeptEvent event) {
        events.addLast(event);
        bytes += event.size();
    }

    void addResponse(KeptEvent event) {
        response = event;
    }

    /** Lets an event go; if it is not the response, it is the oldest. */
    void remove(KeptEvent event) {
        if (event.equals(response)) {
            response = null;
        } else {
            events.remove(event); // found at once, being the oldest
            bytes -= event.size();
        }
        lost(event.sequence());
    }

    /** The oldest, if there is more than may be; else null. */
    @Nullable
    KeptEvent overflow(EventLimits limits) {
        return events.size() > limits.streamEvents() || bytes > limits.streamBytes() ? events.peekFirst() : null;
    }

    boolean hasResponse() {
        return response != null;
    }

    /** Whether nothing that came after that event is missing. */
    boolean isWholeAfter(long sequence) {
        return sequence >= lost && sequence <= last;
    }

    /** What is kept of the time after that event, in order. */
    List<KeptEvent> after(long sequence) {
        List<KeptEvent> later = new ArrayList<>();
        for (KeptEvent event : events) {
            if (event.sequence() > sequence) {
                later.add(event);
            }
        }
        KeptEvent end = response;
        if (end != null && end.sequence() > sequence) {
            later.add(end);
        }
        return later;
    }
}
