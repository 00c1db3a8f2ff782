package dev.mooring.transport.http;

import dev.mooring.http.HttpAnswer;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpStream;
import dev.mooring.rpc.Message;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.EndSignal;
import dev.mooring.transport.Exchange;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way back of one HTTP request: a single body, or, once something is sent before the answer, a stream of events.
 * Thread-safe.
 */
final class HttpExchange implements Exchange {
    private final HttpCall call;
    private final Accept accept;
    private final Streams shared;
    private final Statuses statuses;
    private final EndSignal end = new EndSignal();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean answered; // under lock
    private boolean longLived; // under lock
    private @Nullable HttpStream stream; // under lock, set once
    private KeepAlive.@Nullable Watch watch; // under lock, set with the stream

    HttpExchange(HttpCall call, Accept accept, Streams shared) {
        this.call = call;
        this.accept = accept;
        this.shared = shared;
        this.statuses = new Statuses(shared.codec());
        call.onAbort(() -> end.end(End.PEER_GONE));
    }

    @Override
    public boolean streams() {
        return accept.stream();
    }

    @Override
    public void answer(Answer answer) {
        HttpStream open;
        lock.lock();
        try {
            if (answered) {
                throw new IllegalStateException("this exchange is answered already");
            }
            answered = true;
            open = stream;
        } finally {
            lock.unlock();
        }
        if (open == null) {
            end.end(End.DONE);
            call.answer(Cors.apply(statuses.whole(answer, accept), call.fields()));
        } else {
            if (!answer.responses().isEmpty()) {
                open.write(Sse.event(statuses.bytes(answer)));
            }
            end.end(End.DONE);
            open.end();
        }
    }

    @Override
    public Delivery send(Message message) {
        return write(Sse.event(shared.codec().encode(message)));
    }

    @Override
    public boolean resumable() {
        return accept.stream();
    }

    @Override
    public Delivery send(String eventId, byte[] line) {
        return write(Sse.event(eventId, line));
    }

    @Override
    public void longLived() {
        lock.lock();
        try {
            longLived = true;
            if (stream != null) {
                stream.longLived();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The client sees a complete body; that its stream goes on is between it and the engine. */
    @Override
    public void suspend(Duration retry) {
        HttpStream open;
        lock.lock();
        try {
            open = stream;
            if (answered || open == null) {
                return;
            }
            answered = true;
            open.write(Sse.retry(retry));
        } finally {
            lock.unlock();
        }
        end.end(End.DONE);
        open.end();
    }

    @Override
    public void probe() {
        write(Sse.comment());
    }

    /** Opens the stream if this is the first piece; order under the lock is order on the wire. */
    private Delivery write(byte[] piece) {
        lock.lock();
        try {
            if (answered || end.ended() || !accept.stream()) {
                return Delivery.GONE;
            }
            HttpStream open = stream == null ? open() : stream;
            if (watch != null) {
                watch.wrote();
            }
            return open.write(piece);
        } finally {
            lock.unlock();
        }
    }

    private HttpStream open() {
        HttpStream opened = call.stream(Cors.apply(Sse.head(), call.fields()));
        stream = opened;
        if (longLived) {
            opened.longLived();
        }
        KeepAlive.Watch watching = shared.keepAlive().over(this::probe);
        watch = watching;
        opened.onClose(watching::close);
        opened.onClose(() -> end.end(End.PEER_GONE));
        return opened;
    }

    private @Nullable HttpStream stream() {
        lock.lock();
        try {
            return stream;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        HttpStream open = stream();
        if (open != null) {
            open.awaitWritable();
        }
    }

    @Override
    public long lastHeard() {
        HttpStream open = stream();
        return open == null ? 0 : open.lastHeard();
    }

    @Override
    public void onEnd(Consumer<End> listener) {
        end.onEnd(listener);
    }

    /** Ends a stream after what is queued; a request that was not answered yet is answered with nothing. */
    @Override
    public void close(End reason) {
        HttpStream open;
        lock.lock();
        try {
            if (answered) {
                return;
            }
            answered = true;
            open = stream;
        } finally {
            lock.unlock();
        }
        end.end(reason);
        if (open == null) {
            call.answer(Cors.apply(accept.stream() ? Sse.head() : HttpAnswer.of(202), call.fields()));
        } else {
            open.end();
        }
    }
}
