package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.session.SessionLimits;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Answer.Cause;
import dev.mooring.transport.Answer.Outcome;
import dev.mooring.transport.End;
import dev.mooring.transport.SessionKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Legacy sessions where each message names its session: who finds it, how it ends, and that nothing holds it too long. */
class SessionsOverHttpTest {
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1")
            .tool(Tool.named("echo").noArguments().text((in, call) -> "hello"))
            .tool(Tool.named("fail").noArguments().text((in, call) -> {
                throw new IllegalStateException("not for the client");
            }))
            .tool(gate.tool())
            .time(clock)
            .sessions(SessionLimits.DEFAULT.withSessions(3).withIdle(IDLE))
            .transport(http)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private void assertReleased() {
        Await.until(() -> server.sessions().sessions().stream().allMatch(s -> s.references() == 0),
                "all references to be given back");
    }

    @Test
    void missingSession_isMalformed() throws Exception {
        Message.Failure failure = http.client().call(1, "echo").refused(Cause.MALFORMED, -32600);

        assertTrue(failure.error().message().contains("Mcp-Session-Id"));
    }

    @Test
    void forgedEndedAndForeignSessions_cannotBeToldApart() throws Exception {
        HttpLike.Client ended = http.client().initialize("2025-11-25");
        ended.delete();
        List<Message.Failure> refusals = List.of(
                http.client().in(new SessionKey("forged")).call(1, "echo").refused(Cause.SESSION_UNKNOWN, -32600),
                ended.call(1, "echo").refused(Cause.SESSION_UNKNOWN, -32600),
                http.client()
                        .as("ann")
                        .initialize("2025-11-25")
                        .as("bob")
                        .call(1, "echo")
                        .refused(Cause.SESSION_UNKNOWN, -32600));

        assertEquals(1, refusals.stream().distinct().count());
        assertReleased();
    }

    @Test
    void notificationAndResponse_needTheSessionToo() throws Exception {
        for (String body : List.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")) {
            http.client().in(new SessionKey("forged")).post(body).refused(Cause.SESSION_UNKNOWN, -32600);
            http.client().post(body).refused(Cause.MALFORMED, -32600);
        }
    }

    @Test
    void idleSession_expires() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        clock.advance(IDLE.minusSeconds(1));
        assertEquals("hello", client.call(1, "echo").text());
        assertReleased();
        clock.advance(IDLE.minusSeconds(1));
        assertEquals("hello", client.call(2, "echo").text());
        assertReleased();
        clock.advance(IDLE.plusSeconds(2));

        client.call(3, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        assertEquals(0, server.sessions().size());
    }

    @Test
    void sessionWithALiveStreamOrACall_doesNotExpire() throws Exception {
        HttpLike.Client listening = http.client().initialize("2025-11-25");
        Recorded stream = listening.get();
        stream.read(clock);
        HttpLike.Client calling = http.client().initialize("2025-11-25");
        Recorded call = calling.call(1, "wait");
        gate.awaitEntered(1);
        clock.advance(IDLE.multipliedBy(5));
        assertEquals(2, server.sessions().size());

        gate.release(1);
        assertEquals("released", call.text());
        stream.abort();
        assertReleased();
        clock.advance(IDLE.plusSeconds(2));
        assertEquals(0, server.sessions().size());
    }

    @Test
    void secondStream_replacesTheFirst() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        Recorded first = client.get();
        Recorded second = client.get();

        assertEquals(End.REPLACED, first.ended());
        assertNull(second.ended());
        second.abort();
        assertReleased();
    }

    @Test
    void delete_endsSessionStreamAndCalls() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        Recorded stream = client.get();
        Recorded call = client.call(1, "wait");
        gate.awaitEntered(1);

        assertEquals(Outcome.Ended.ENDED, client.delete().answer().outcome());
        gate.awaitInterrupted();
        assertEquals(Answer.silent(), call.answer());
        Await.until(() -> stream.ended() == End.SESSION_ENDED, "the stream to end");
        client.delete().refused(Cause.SESSION_UNKNOWN, -32600);
        client.get().refused(Cause.SESSION_UNKNOWN, -32600);
    }

    @Test
    void serverCloses_streamsEnd() throws Exception {
        Recorded stream = http.client().initialize("2025-11-25").get();
        server.close();

        Await.until(() -> stream.ended() == End.SHUTDOWN, "the stream to end");
    }

    @Test
    void getAndDelete_areNotForModernClients() throws Exception {
        for (HttpLike.Client client : List.of(http.client(), http.client().with(HttpLike.VERSION, "2026-07-28"))) {
            client.get().refused(Cause.NOT_ALLOWED, -32600);
            client.delete().refused(Cause.NOT_ALLOWED, -32600);
        }
    }

    @Test
    void getAndDelete_needASessionAndALegacyVersion() throws Exception {
        HttpLike.Client without = http.client().with(HttpLike.VERSION, "2025-06-18");
        without.get().refused(Cause.MALFORMED, -32600);
        without.delete().refused(Cause.MALFORMED, -32600);

        HttpLike.Client odd = http.client().initialize("2025-11-25").with(HttpLike.VERSION, "1999-01-01");
        odd.get().refused(Cause.MALFORMED, -32600);
        odd.delete().refused(Cause.MALFORMED, -32600);
        http.client().as("ann").initialize("2025-11-25").as("bob").delete().refused(Cause.SESSION_UNKNOWN, -32600);
        assertEquals(2, server.sessions().size());
        assertReleased();
    }

    @Test
    void asManySessionsAsAllowed_thenRefusedUntilOneEnds() throws Exception {
        HttpLike.Client first = http.client().initialize("2025-11-25");
        http.client().initialize("2025-11-25");
        http.client().initialize("2025-11-25");
        String initialize = """
                {"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-11-25"}}""";
        Recorded refused = http.client().post(initialize);

        JsonNode data = refused.refused(Cause.CAPACITY, -31000).error().data();
        assertEquals(new Outcome.Refused(Cause.CAPACITY, Duration.ofSeconds(1)), refused.answer().outcome());
        assertTrue(data != null && data.path("retryAfterMs").asInt(0) == 1000, () -> data + "");
        assertTrue(data != null && data.path("limit").stringValue("").contains("MCP_MAX_SESSIONS"), () -> data + "");
        first.delete();
        http.client().post(initialize).opened();
    }

    @Test
    void everyPath_givesTheSessionBack() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-03-26");
        client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").result();
        client.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"no/such\"}").failed(-32601);
        client.post("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":1}}").failed(-32602);
        client.call(4, "nobody").failed(-32602);
        client.call(5, "echo").text();
        client.call(6, "fail").toolError();
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").answer();
        client.post("[]").refused(Cause.MALFORMED, -32600);
        client.post("""
                [{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo"}},
                {"jsonrpc":"2.0","id":8,"method":"ping"},7]""").answer();
        client.with(HttpLike.VERSION, "1999-01-01").post("[{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]").answer();
        Recorded cancelled = client.call(9, "wait");
        gate.awaitEntered(1);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":9}}")
                .answer();

        assertEquals(Answer.silent(), cancelled.answer());
        assertReleased();
        assertEquals(1, server.sessions().size());
    }

    @Test
    void clientThatIsGone_doesNotCancelItsLegacyCall() throws Exception {
        Recorded call = http.client().initialize("2025-11-25").call(1, "wait");
        gate.awaitEntered(1);
        call.abort();
        gate.release(1);

        assertEquals("released", call.text());
        assertFalse(gate.anyInterrupted());
    }

    @Test
    void batchOfCancelledCalls_isStillAnswered() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-03-26");
        Recorded batch = client.post("""
                [{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait"}},
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"wait"}}]""");
        gate.awaitEntered(2);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}")
                .answer();
        gate.awaitInterrupted();
        assertFalse(batch.isAnswered());
        gate.release(1);

        assertEquals(1, batch.answer().responses().size());
        assertTrue(batch.answer().batch());
        assertReleased();
    }
}
