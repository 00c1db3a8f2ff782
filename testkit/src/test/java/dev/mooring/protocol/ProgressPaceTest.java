package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mooring.feature.Call;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolBuilder;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Progress is told no faster than the interval allows, and what was said last is not lost. */
class ProgressPaceTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final FakeClock clock = new FakeClock();
    private final AtomicReference<Call> running = new AtomicReference<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1")
            .tool(work(Tool.named("work").noArguments()))
            .tool(work(Tool.named("short").timeout(Duration.ofSeconds(20)).noArguments()))
            .time(clock)
            .calls(CallLimits.DEFAULT.withProgressInterval(INTERVAL))
            .transport(http)
            .start();

    private Tool work(ToolBuilder.Raw tool) {
        return tool.text((in, call) -> {
            running.set(call);
            begun.release();
            released.acquire();
            return "done";
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Calls the tool; what it says is what {@link #say} says. */
    private Recorded call(Revision revision, String tool, String token) throws InterruptedException {
        Recorded reply;
        if (revision.modern()) {
            reply = http.client()
                    .with(HttpLike.VERSION, revision.version())
                    .with("Mcp-Method", "tools/call")
                    .with("Mcp-Name", tool)
                    .post("""
                            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","_meta":{%s
                            "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                            "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool, token));
        } else {
            reply = http.client()
                    .initialize(revision.version())
                    .post("""
                            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","_meta":{%s"x/y":1}}}"""
                            .formatted(tool, token));
        }
        Await.permits(begun, 1, "the handler to begin");
        return reply;
    }

    private Recorded call(Revision revision) throws InterruptedException {
        return call(revision, "work", "\"progressToken\":7,");
    }

    private void say(int... done) throws InterruptedException {
        for (int each : done) {
            Objects.requireNonNull(running.get()).progress(each, 0, "step " + each);
        }
    }

    private static ObjectNode params(Message message) {
        return Objects.requireNonNull(assertInstanceOf(Message.Notification.class, message).params());
    }

    private static List<Integer> told(Recorded reply) {
        return reply.sent().stream().map(message -> params(message).path("progress").intValue()).toList();
    }

    @BothEras
    void withinTheInterval_onlyTheLatestIsToldWhenItIsOver(Revision revision) throws Exception {
        Recorded reply = call(revision);
        say(1, 2, 3, 4);
        assertEquals(List.of(1), told(reply));
        clock.advance(INTERVAL.minusMillis(1));
        assertEquals(List.of(1), told(reply));
        clock.advance(Duration.ofSeconds(2));

        Await.until(() -> told(reply).size() > 1, "the report that was held back");
        assertEquals(List.of(1, 4), told(reply));
        assertEquals("step 4", params(reply.sent().getLast()).path("message").stringValue());
    }

    @BothEras
    void reportAfterTheInterval_isToldInPlaceOfTheOneHeldBack(Revision revision) throws Exception {
        Recorded reply = call(revision);
        say(1, 2);
        clock.advance(INTERVAL);
        say(3, 4);
        clock.advance(INTERVAL.minusSeconds(1));
        say(5);

        assertEquals(List.of(1, 3), told(reply));
    }

    @BothEras
    void reportHeldBack_isToldBeforeTheAnswer(Revision revision) throws Exception {
        Recorded reply = call(revision);
        say(1, 2, 3);
        released.release();

        assertEquals("done", reply.text());
        assertEquals(List.of(1, 3), told(reply));
        clock.advance(INTERVAL.multipliedBy(2));
        assertEquals(List.of(1, 3), told(reply));
    }

    @BothEras
    void nothingHeldBack_nothingIsToldBeforeTheAnswer(Revision revision) throws Exception {
        Recorded reply = call(revision);
        say(1);
        released.release();

        assertEquals("done", reply.text());
        assertEquals(List.of(1), told(reply));
    }

    @BothEras
    void reportHeldBack_isToldBeforeTheCallTimesOut(Revision revision) throws Exception {
        Recorded reply = call(revision, "short", "\"progressToken\":\"p\",");
        say(1, 2);
        clock.advance(Duration.ofSeconds(21));

        assertEquals("Tool short timed out after 20 s", reply.toolError());
        assertEquals(List.of(1, 2), told(reply));
    }

    @Test
    void cancelledCall_saysNothingMore() throws Exception {
        Recorded reply = call(Revision.NEWEST);
        say(1, 2);
        reply.abort();

        assertEquals(Answer.silent(), reply.answer());
        clock.advance(INTERVAL.multipliedBy(2));
        assertEquals(List.of(1), told(reply));
    }

    @BothEras
    void withoutToken_nothingIsTold(Revision revision) throws Exception {
        Recorded reply = call(revision, "work", "");
        say(1, 2);
        clock.advance(INTERVAL.multipliedBy(2));
        released.release();

        assertEquals("done", reply.text());
        assertEquals(List.of(), told(reply));
    }
}
