package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.transport.Answer;
import dev.mooring.transport.DrainResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A drain waits for what no transport carries: calls whose connections are gone, and clients that were asked to come back. */
class DrainTest {
    private static final String NEWEST = "2025-11-25";

    private final Told told = new Told();
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1").tool(told.tool()).transport(http).start();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpLike.Client client() throws InterruptedException {
        return http.client().withEventIds().initialize(NEWEST);
    }

    /** A drain that has begun, and waits for something. */
    private CompletableFuture<DrainResult> draining() throws InterruptedException {
        HttpLike.Client another = client();
        CompletableFuture<DrainResult> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(server.drain(Await.LIMIT));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        Await.until(() -> isRefused(another), "new calls to be refused");
        assertFalse(result.isDone(), "the drain did not wait");
        return result;
    }

    private static boolean isRefused(HttpLike.Client client) {
        try {
            Recorded reply = client.post("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}");
            return reply.answer().outcome() instanceof Answer.Outcome.Refused;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static DrainResult end(CompletableFuture<DrainResult> drain) throws Exception {
        return drain.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void callWhoseConnectionBroke_isWaitedFor() throws Exception {
        Recorded reply = client().call(1, "told");
        told.log("first");
        reply.events(2);
        reply.abort();
        CompletableFuture<DrainResult> drain = draining();
        told.answer("end");

        assertEquals(DrainResult.CLEAN, end(drain));
        assertEquals(0, told.interrupted());
    }

    @Test
    void callWhoseClientIsAway_isWaitedForUntilItIsBack() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = client.call(1, "told");
        told.pause(Duration.ofSeconds(1));
        reply.awaitEnd();
        CompletableFuture<DrainResult> drain = draining();
        told.answer("end");
        Await.until(() -> server.sessions().sessions().stream().allMatch(s -> s.references() == 0), "the call to end");
        assertFalse(drain.isDone(), "the drain did not wait for a client that was asked to come back");
        Recorded next = client.resume(reply.events().getLast().id());

        assertEquals(DrainResult.CLEAN, end(drain));
        next.awaitEnd();
    }

    @Test
    void clientThatDoesNotComeBack_isWaitedForDuringTheGraceTime() throws Exception {
        Recorded reply = client().call(1, "told");
        told.pause(Duration.ofSeconds(1)).answer("end");
        reply.awaitEnd();
        Await.until(() -> server.sessions().sessions().stream().allMatch(s -> s.references() == 0), "the call to end");

        assertEquals(new DrainResult(false, 1), server.drain(Duration.ofMillis(50)));
    }

    @Test
    void sessionThatEnds_isNotWaitedFor() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = client.call(1, "told");
        told.pause(Duration.ofSeconds(1)).answer("end");
        reply.awaitEnd();
        CompletableFuture<DrainResult> drain = draining();
        client.delete();

        assertEquals(DrainResult.CLEAN, end(drain));
    }
}
