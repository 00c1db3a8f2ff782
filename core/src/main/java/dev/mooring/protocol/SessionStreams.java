package dev.mooring.protocol;

import dev.mooring.model.Revision;
import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.InFlight;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one legacy session that can be resumed: those of its requests, and its own, on which the server speaks
 * unasked. One lock for all of them; nothing under it blocks. Thread-safe.
 */
final class SessionStreams {
    private static final int TAG_BYTES = 6;

    /** What a GET was attached to. */
    enum Attached {
        /** The session's own stream, which begins. */
        OPENED,
        /** The session's own stream, which goes on with nothing missing. */
        RESUMED,
        /** The stream of some requests. */
        OF_REQUESTS
    }

    private final EventBudget budget;
    private final Runnable onLoss;
    private final boolean primes;
    private final String tag;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KeptEvents kept; // under lock, made with the first event
    private final Map<String, ResumableStream> streams = new HashMap<>(4); // under lock, by name
    private @Nullable ResumableStream unasked; // under lock
    private long number = ThreadLocalRandom.current().nextLong(1L << 40); // under lock; differs after a restart
    private boolean closed; // under lock

    /** @param onLoss runs when something said on the session's own stream could not be kept for its client; may not block */
    SessionStreams(EventBudget budget, Revision revision, String sessionId, Runnable onLoss) {
        this.budget = budget;
        this.onLoss = onLoss;
        this.primes = revision.since(Revision.V2025_11_25);
        this.tag = tag(sessionId);
    }

    /** Tells this session's events from others', also after a restart, and gives nothing of the id away. */
    private static String tag(String sessionId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a stream begins with an event that tells its id only. */
    boolean primes() {
        return primes;
    }

    /** Something said on the session's own stream is lost. Not under the lock. */
    void lost() {
        onLoss.run();
    }

    Codec codec() {
        return budget.codec();
    }

    /** The streams of the server whose clients were asked to come back, and have not. */
    InFlight away() {
        return budget.away();
    }

    /** Guarded by the lock. */
    KeptEvents kept() {
        KeptEvents known = kept;
        if (known == null) {
            known = new KeptEvents(budget, lock);
            kept = known;
        }
        return known;
    }

    /** A new name; guarded by the lock. */
    StreamName name(List<RequestId> requests) {
        return StreamName.of(tag, number++, requests);
    }

    /** Takes in a stream that begins; false if the session has ended. Guarded by the lock. */
    boolean add(StreamName name, ResumableStream stream) {
        if (!closed) {
            streams.put(name.text(), stream);
        }
        return !closed;
    }

    /** Guarded by the lock. */
    void remove(StreamName name) {
        streams.remove(name.text());
    }

    /** The way back of requests, which can be resumed once it streams. */
    ResumableStream ofRequests(Exchange exchange, List<RequestId> requests) {
        return new ResumableStream(this, lock, exchange, requests);
    }

    /** Says something unasked, or keeps it until the client comes back for it. */
    Delivery tell(Message message) {
        ResumableStream own;
        lock.lock();
        try {
            own = unasked;
        } finally {
            lock.unlock();
        }
        return own == null ? Delivery.GONE : own.send(message);
    }

    /** Serves a GET: goes on with the stream its client saw last, or opens the session's own anew. */
    Attached attach(Exchange exchange, @Nullable String lastEventId) {
        EventId seen = EventId.parse(tag, lastEventId);
        ResumableStream known = seen == null ? null : find(seen);
        if (seen != null && known != null) {
            known.resume(exchange, seen.sequence());
            return known.isUnasked() ? Attached.RESUMED : Attached.OF_REQUESTS;
        }
        if (seen != null && !seen.stream().requests().isEmpty()) {
            refuse(seen, exchange);
            return Attached.OF_REQUESTS;
        }
        open(exchange);
        return Attached.OPENED;
    }

    /** The stream of that event, if it can go on from there: of a request as long as its response is not lost. */
    private @Nullable ResumableStream find(EventId seen) {
        lock.lock();
        try {
            ResumableStream found = streams.get(seen.stream().text());
            return found == null || (found.isUnasked() && !found.log().isWholeAfter(seen.sequence())) ? null : found;
        } finally {
            lock.unlock();
        }
    }

    /** The response is lost: the request is answered with that, so that its client does not wait for ever. */
    private void refuse(EventId seen, Exchange exchange) {
        RpcError lost = RpcError.internalError("Internal error: stream cannot be resumed");
        for (RequestId id : seen.stream().requests()) {
            exchange.send(new Message.Failure(id, lost));
        }
        exchange.close(End.DONE);
    }

    private void open(Exchange exchange) {
        ResumableStream fresh = new ResumableStream(this, lock, exchange, List.of());
        lock.lock();
        try {
            if (unasked != null) {
                unasked.close(End.REPLACED);
            }
            unasked = fresh;
            fresh.begin();
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended, and its streams with it. */
    void close(End reason) {
        lock.lock();
        try {
            closed = true;
            List.copyOf(streams.values()).forEach(stream -> stream.close(reason));
            if (kept != null) {
                kept.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
