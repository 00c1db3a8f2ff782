package dev.mooring.http;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request from its dispatch to the last byte of its answer.
 *
 * <p>It is <em>answered</em> when a route has said so, <em>written</em> when its last piece is with the channel and the
 * next request may be read, and <em>settled</em> when that piece is with the socket, or lost, and no drain waits for it.
 */
final class PendingCall implements HttpCall {
    private final Connection connection;
    private final DecodedRequest request;
    private final byte[] body;
    private final Occurrence abort = new Occurrence();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean closes;
    private boolean written; // the event loop's own

    PendingCall(Connection connection, DecodedRequest request, byte[] body) {
        this.connection = connection;
        this.request = request;
        this.body = body;
        connection.exchanges().begin();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.target().path();
    }

    @Override
    public @Nullable String query() {
        return request.target().query();
    }

    @Override
    public HttpFields fields() {
        return request.fields();
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote();
    }

    @Override
    public String remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public InetSocketAddress local() {
        return connection.local();
    }

    @Override
    public boolean answer(HttpAnswer answer) {
        claim();
        closes = closesAfter(answer);
        byte[][] parts = connection.heads().answer(answer, request.isHead(), framing());
        abort.avert();
        return connection.submit(new Piece(this, true, parts));
    }

    @Override
    public HttpStream stream(HttpAnswer head) {
        if (head.body().length > 0 || !head.mayHaveBody()) {
            throw new IllegalArgumentException(head + " (expected: no body yet, and a status that allows one)");
        }
        claim();
        boolean chunked = !request.old();
        closes = closesAfter(head) || !chunked;
        byte[][] parts = connection.heads().stream(head, chunked, framing());
        StreamedAnswer stream = new StreamedAnswer(this, connection, chunked);
        if (request.isHead()) {
            abort.avert();
            connection.submit(new Piece(this, true, parts));
            stream.over();
        } else {
            connection.submit(new Piece(this, false, parts));
            abort.on(stream::over);
        }
        return stream;
    }

    private void claim() {
        if (!answered.compareAndSet(false, true)) {
            throw new IllegalStateException(method() + " " + path() + " is answered already (expected: one answer)");
        }
    }

    private boolean closesAfter(HttpAnswer answer) {
        return answer.closes() || !request.keepAlive() || connection.exchanges().awaited();
    }

    private HeadWriter.After framing() {
        if (closes) {
            return HeadWriter.After.CLOSED;
        }
        return request.old() ? HeadWriter.After.OPEN_SAID : HeadWriter.After.OPEN;
    }

    @Override
    public void onAbort(Runnable listener) {
        abort.on(listener);
    }

    /** What a route could not do: says so to the peer, as far as that is still possible. */
    void fail() {
        if (answered.compareAndSet(false, true)) {
            closes = true;
            abort.avert();
            byte[][] parts = connection.heads().answer(Refusals.FAILED, request.isHead(), framing());
            connection.submit(new Piece(this, true, parts));
        } else if (!written) {
            connection.cut();
        }
    }

    /** The stream is complete; its last piece is about to be queued. */
    void complete() {
        abort.avert();
    }

    /** The connection is gone. */
    void abort() {
        settle();
        abort.happen();
    }

    /** Whether the connection closes after the answer. */
    boolean closes() {
        return closes;
    }

    boolean isWritten() {
        return written;
    }

    void setWritten() {
        written = true;
    }

    /** From here on no drain waits for this call. */
    void settle() {
        if (settled.compareAndSet(false, true)) {
            connection.exchanges().end();
        }
    }
}
