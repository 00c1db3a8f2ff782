package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.transport.DrainResult;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest extends ServedTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final BlockingQueue<HttpCall> calls = new LinkedBlockingQueue<>();

    private HttpListener holding() {
        HttpListener listener = serve();
        listener.mount("/hold", calls::add);
        return listener;
    }

    private HttpCall call() throws InterruptedException {
        HttpCall call = calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(call, "no call has come");
        return call;
    }

    private static CompletableFuture<DrainResult> draining(HttpListener listener) {
        CompletableFuture<DrainResult> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(listener.drain(LONG));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Test
    void nothingInFlight_isDrainedAtOnce() throws Exception {
        assertEquals(DrainResult.CLEAN, serve().drain(LONG));
        assertEquals(DrainResult.CLEAN, unstarted(LIMITS).drain(Duration.ZERO));
    }

    @Test
    void pendingCall_isWaitedForAndItsAnswerEndsTheConnection() throws Exception {
        HttpListener listener = holding();
        RawClient client = client(listener).request("GET /hold");
        HttpCall call = call();
        assertEquals(new DrainResult(false, 1), listener.drain(SHORT));
        CompletableFuture<DrainResult> drained = draining(listener);
        call.answer(HttpAnswer.of(204));
        assertEquals(DrainResult.CLEAN, drained.get(10, TimeUnit.SECONDS));
        assertEquals("close", client.read().field("connection"));
        assertTrue(client.isEnded());
    }

    @Test
    void lastAnswer_isNotLostWhenTheListenerClosesAfterTheDrain() throws Exception {
        HttpListener listener = holding();
        String body = "x".repeat(3 << 20);
        RawClient client = client(listener).request("GET /hold");
        HttpCall call = call();
        CompletableFuture<DrainResult> closed = draining(listener).thenApply(result -> {
            listener.close();
            return result;
        });
        call.answer(HttpAnswer.text(200, body));
        assertEquals(body + "\n", client.read().body());
        assertEquals(DrainResult.CLEAN, closed.get(10, TimeUnit.SECONDS));
    }

    @Test
    void stream_isWaitedForUntilItEnds() throws Exception {
        HttpListener listener = holding();
        client(listener).request("GET /hold");
        HttpStream stream = call().stream(HttpAnswer.of(200));
        assertEquals(new DrainResult(false, 1), listener.drain(SHORT));
        CompletableFuture<DrainResult> drained = draining(listener);
        stream.end();
        assertEquals(DrainResult.CLEAN, drained.get(10, TimeUnit.SECONDS));
    }

    @Test
    void longLivedStream_isNotWaitedFor() throws Exception {
        HttpListener listener = holding();
        client(listener).request("GET /hold");
        HttpStream stream = call().stream(HttpAnswer.of(200));
        CompletableFuture<DrainResult> drained = draining(listener);
        stream.longLived();
        stream.longLived();
        assertEquals(DrainResult.CLEAN, drained.get(10, TimeUnit.SECONDS));
        stream.end();
        assertEquals(DrainResult.CLEAN, listener.drain(Duration.ZERO));
    }

    @Test
    void callWhosePeerLeaves_isNotWaitedFor() throws Exception {
        HttpListener listener = holding();
        RawClient client = client(listener).request("GET /hold");
        call();
        CompletableFuture<DrainResult> drained = draining(listener);
        client.close();
        assertEquals(DrainResult.CLEAN, drained.get(10, TimeUnit.SECONDS));
    }

    @Test
    void drainedListener_stillAnswers() throws Exception {
        HttpListener listener = serve();
        listener.drain(LONG);
        RawClient client = client(listener).post("/echo", "late");
        RawClient.Reply reply = client.read();
        assertEquals("late", reply.body());
        assertEquals("close", reply.field("connection"));
        assertTrue(client.isEnded());
    }
}
