package dev.mooring.transport;

import dev.mooring.rpc.Message;
import java.util.function.Consumer;

/**
 * A way to the peer that stays open: a channel, a response that streams, a session's own stream. Thread-safe; the order
 * of calls is the order on the wire. No method but {@link #awaitWritable} blocks.
 */
public interface Outlet {

    /** Queues a message. What is queued is bounded in bytes: a peer that never reads is cut with {@link End#SLOW_READER}. */
    Delivery send(Message message);

    /** Waits until the queue is below its low mark or the outlet has ended. On virtual threads only. */
    void awaitWritable() throws InterruptedException;

    /** Makes the peer's side show signs of life without saying anything (SSE comment, WebSocket ping). */
    void probe();

    /** The {@link dev.mooring.time.Time#nanos} of the last byte that was received from, or acknowledged by, the peer. */
    long lastHeard();

    /** Registers what to do when this outlet ends, whoever ends it; runs once, at once if it already has. */
    void onEnd(Consumer<End> listener);

    /** Ends the outlet after what is queued. May be repeated; the first reason counts. */
    void close(End reason);
}
