package dev.mooring.transport;

import dev.mooring.rpc.Message;
import java.time.Duration;

/**
 * One inbound unit's way back. On bindings where each unit has its own (an HTTP POST) the first {@link #send} turns the
 * answer into a stream; on shared channels everything goes to the channel's ordered writer.
 */
public interface Exchange extends Outlet {

    /** Answers, exactly once, and ends this exchange, not the channel. A second answer is an {@link IllegalStateException}. */
    void answer(Answer answer);

    /** Whether {@link #send} works; false if the peer takes a single body only. */
    boolean streams();

    /**
     * Whether this binding carries ids of events, so that a stream whose connection broke can go on with another one. Only
     * where this is true are {@link #send(String, byte[])} and {@link #suspend} called.
     */
    default boolean resumable() {
        return false;
    }

    /**
     * Like {@link #send(Message)}, with the id by which the peer names the last event it has seen.
     *
     * @param line the message or batch, written as one line; empty to tell the id and nothing else
     */
    default Delivery send(String eventId, byte[] line) {
        return Delivery.GONE;
    }

    /** This exchange has no end of its own: a drain does not wait for it. */
    default void longLived() {}

    /** Asks the peer to come back after that time, and closes the connection; the stream on it is not over. */
    default void suspend(Duration retry) {}
}
