package dev.mooring.http;

import dev.mooring.transport.Delivery;

/**
 * The body of an answer that is sent piece by piece. Thread-safe; the order of calls is the order on the wire. No method
 * but {@link #awaitWritable} blocks.
 */
public interface HttpStream {

    /**
     * Queues a piece; the array is not copied and must not change afterwards. A writer that goes on in spite of
     * {@link Delivery#FULL} loses the connection when four times the high mark is queued.
     */
    Delivery write(byte[] chunk);

    /**
     * Waits until the queue is below its low mark or the stream has ended.
     *
     * @throws IllegalStateException on the event loop
     */
    void awaitWritable() throws InterruptedException;

    /**
     * The {@link dev.mooring.time.Time#nanos} of the last byte that came from the peer on this connection, or that its
     * machine acknowledged where the system tells.
     */
    long lastHeard();

    /** Declares that this stream has no end of its own: {@link HttpListener#drain} does not wait for it. */
    void longLived();

    /** Ends the body after what is queued. The connection stays open for the next request. May be repeated. */
    void end();

    /** Ends the connection at once; the peer sees that the body is incomplete. May be repeated. */
    void cut();

    /**
     * Registers what to do when the stream is over, whoever ended it. Runs once, on the thread that ends it or on the
     * event loop, or at once on this thread if it is over; must not block.
     */
    void onClose(Runnable listener);
}
