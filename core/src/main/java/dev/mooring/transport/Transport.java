package dev.mooring.transport;

import java.time.Duration;

/**
 * A binding: it frames and delivers messages and says who is on the other end. It does not know what they mean.
 *
 * <p>{@code start} once, then {@code drain} and {@code close}; the constructor opens nothing.
 */
public interface Transport extends AutoCloseable {

    /** A short name for logs and counts: "http", "stdio". */
    String name();

    /** Becomes reachable and returns; on failure everything half open is undone before the exception leaves. */
    void start(Receiver receiver);

    /**
     * Waits until what is in flight is answered, at most this long. The engine refuses new work before it calls this, so
     * connections are still accepted and told so.
     */
    DrainResult drain(Duration grace) throws InterruptedException;

    /** Ends everything at once. May be repeated, also without a start. */
    @Override
    void close();
}
