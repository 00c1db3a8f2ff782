package dev.mooring.transport;

/**
 * One inbound unit's way back. On bindings where each unit has its own (an HTTP POST) the first {@link #send} turns the
 * answer into a stream; on shared channels everything goes to the channel's ordered writer.
 */
public interface Exchange extends Outlet {

    /** Answers, exactly once, and ends this exchange, not the channel. A second answer is an {@link IllegalStateException}. */
    void answer(Answer answer);

    /** Whether {@link #send} works; false if the peer takes a single body only. */
    boolean streams();
}
