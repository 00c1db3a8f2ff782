package dev.mooring.protocol;

import java.time.Duration;

/**
 * Bounds on the events that are kept for legacy clients whose streams break. What does not fit is not kept: first the streams
 * that were delivered to their end go, then the oldest notifications, last the responses nobody has fetched yet.
 *
 * @param streamEvents how many of one stream, without its response
 * @param streamBytes how much of one stream, without its response
 * @param sessionBytes how much of one session
 * @param totalBytes how much in the server; when it runs short, sessions with more than an equal share give way
 * @param age how long
 */
public record EventLimits(int streamEvents, long streamBytes, long sessionBytes, long totalBytes, Duration age) {

    public static final EventLimits DEFAULT = new EventLimits(256, 256 << 10, 1 << 20, 64 << 20, Duration.ofMinutes(5));

    public EventLimits {
        if (streamEvents < 0 || streamBytes < 0 || sessionBytes < 0 || totalBytes < 0 || !age.isPositive()) {
            throw new IllegalArgumentException("streamEvents: " + streamEvents + ", streamBytes: " + streamBytes
                    + ", sessionBytes: " + sessionBytes + ", totalBytes: " + totalBytes + ", age: " + age
                    + " (expected: each >= 0, age > 0)");
        }
    }

    public EventLimits withStreamEvents(int streamEvents) {
        return new EventLimits(streamEvents, streamBytes, sessionBytes, totalBytes, age);
    }

    public EventLimits withStreamBytes(long streamBytes) {
        return new EventLimits(streamEvents, streamBytes, sessionBytes, totalBytes, age);
    }

    public EventLimits withSessionBytes(long sessionBytes) {
        return new EventLimits(streamEvents, streamBytes, sessionBytes, totalBytes, age);
    }

    public EventLimits withTotalBytes(long totalBytes) {
        return new EventLimits(streamEvents, streamBytes, sessionBytes, totalBytes, age);
    }

    public EventLimits withAge(Duration age) {
        return new EventLimits(streamEvents, streamBytes, sessionBytes, totalBytes, age);
    }
}
