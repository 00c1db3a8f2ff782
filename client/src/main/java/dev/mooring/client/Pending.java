package dev.mooring.client;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.End;
import dev.mooring.transport.TransportException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The requests a client waits for, and who listens to their progress. Thread-safe. */
final class Pending {
    private final AtomicLong ids = new AtomicLong();
    private final Map<RequestId, CompletableFuture<Message.Response>> answers = new ConcurrentHashMap<>();
    private final Map<Long, Consumer<Progress>> listeners = new ConcurrentHashMap<>();
    private volatile @Nullable End ended;

    /** A new request: its id, and where its answer will be. */
    record Ticket(long id, CompletableFuture<Message.Response> answer) {}

    Ticket open(@Nullable Consumer<Progress> listener) {
        long id = ids.incrementAndGet();
        CompletableFuture<Message.Response> answer = new CompletableFuture<>();
        answers.put(RequestId.of(id), answer);
        if (listener != null) {
            listeners.put(id, listener);
        }
        End end = ended;
        if (end != null) {
            fail(answer, end);
        }
        return new Ticket(id, answer);
    }

    void close(Ticket ticket) {
        answers.remove(RequestId.of(ticket.id()));
        listeners.remove(ticket.id());
    }

    void answered(Message.Response response) {
        RequestId id = response.id();
        CompletableFuture<Message.Response> answer = id == null ? null : answers.remove(id);
        if (answer != null) {
            answer.complete(response);
        }
    }

    void progressed(long token, Progress progress) {
        Consumer<Progress> listener = listeners.get(token);
        if (listener != null) {
            listener.accept(progress);
        }
    }

    void ended(End end) {
        ended = end;
        answers.values().forEach(answer -> fail(answer, end));
    }

    private static void fail(CompletableFuture<Message.Response> answer, End end) {
        answer.completeExceptionally(new TransportException("the connection has ended: " + end.text(), null));
    }
}
