package dev.mooring.http;

import dev.mooring.transport.Delivery;
import java.util.concurrent.atomic.AtomicBoolean;

/** The stream of one call: frames what is written and knows when to stop. */
final class StreamedAnswer implements HttpStream {
    private static final byte[] LAST_CHUNK = HeadWriter.ascii("0\r\n\r\n");

    private final PendingCall call;
    private final Connection connection;
    private final boolean chunked;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Occurrence closed = new Occurrence();

    /** @param chunked false for a peer of HTTP/1.0, whose body ends with the connection */
    StreamedAnswer(PendingCall call, Connection connection, boolean chunked) {
        this.call = call;
        this.connection = connection;
        this.chunked = chunked;
    }

    @Override
    public Delivery write(byte[] chunk) {
        if (over.get()) {
            return Delivery.GONE;
        }
        if (connection.isOverrun()) {
            connection.cutSlowReader();
            return Delivery.GONE;
        }
        if (chunk.length == 0) {
            return connection.isFull() ? Delivery.FULL : Delivery.TAKEN;
        }
        Piece piece = chunked ? new Piece(call, false, HeadWriter.chunk(chunk)) : new Piece(call, false, chunk);
        if (!connection.submit(piece)) {
            return Delivery.GONE;
        }
        return connection.isFull() ? Delivery.FULL : Delivery.TAKEN;
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        if (!over.get()) {
            connection.awaitWritable();
        }
    }

    @Override
    public long lastHeard() {
        return connection.lastHeard();
    }

    @Override
    public void longLived() {
        call.settle();
    }

    @Override
    public void end() {
        if (over.compareAndSet(false, true)) {
            call.complete();
            connection.submit(chunked ? new Piece(call, true, LAST_CHUNK) : new Piece(call, true));
            closed.happen();
        }
    }

    @Override
    public void cut() {
        if (over.compareAndSet(false, true)) {
            call.complete();
            connection.cut();
            closed.happen();
        }
    }

    @Override
    public void onClose(Runnable listener) {
        closed.on(listener);
    }

    /** The stream has ended by itself: with the connection, or because there is no body to send. */
    void over() {
        over.set(true);
        closed.happen();
    }
}
