package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Call;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.LogLevel;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Answer.Cause;
import dev.mooring.transport.Answer.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls from their start to their end: bounded in number and time, cancelled, failing, and what they say on the way. */
class CallsTest {
    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final AtomicReference<Call> last = new AtomicReference<>();
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1")
            .tool(gate.tool())
            .tool(gate.tool(Tool.named("short").timeout(Duration.ofMillis(1500))))
            .tool(Tool.named("exception").noArguments().text((in, call) -> fail(new IllegalStateException("secret"))))
            .tool(Tool.named("checked").noArguments().text((in, call) -> fail(new IOException("secret"))))
            .tool(Tool.named("error").noArguments().text((in, call) -> fail(new StackOverflowError("secret"))))
            .tool(Tool.named("tool-error").noArguments().text((in, call) -> fail(new ToolException("for the model"))))
            .tool(Tool.named("null").noArguments().result((in, call) -> nothing()))
            .tool(Tool.named("misfit")
                    .noArguments()
                    .outputSchema(Json.object().put("type", "object").put("minProperties", 1))
                    .result((in, call) -> ToolResult.text("text").withStructured(Json.object())))
            .tool(Tool.named("progress").noArguments().text(this::progress))
            .tool(Tool.named("log").noArguments().text((in, call) -> {
                for (LogLevel level : LogLevel.values()) {
                    call.log(level, "logger", level.wire());
                }
                return "done";
            }))
            .time(clock)
            .calls(CallLimits.DEFAULT.withPerSession(2).withTotal(3).withTimeout(Duration.ofSeconds(30)))
            .transport(http)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private static String fail(Throwable what) throws Exception {
        if (what instanceof Error error) {
            throw error;
        }
        throw (Exception) what;
    }

    @SuppressWarnings("NullAway") // a handler that does not keep to its signature
    private static ToolResult nothing() {
        return null;
    }

    private String progress(Object in, Call call) throws InterruptedException {
        last.set(call);
        call.progress(1, 3, "one");
        call.progress(1, 3, "again");
        call.progress(0.5, 3, "back");
        call.progress(Double.NaN, 3, "no number");
        call.progress(2.5, 0);
        call.progress(3, 3);
        return "done";
    }

    private HttpLike.Client legacy() throws InterruptedException {
        return http.client().initialize("2025-11-25");
    }

    private Recorded modern(String tool, String meta) {
        return http.client()
                .with(HttpLike.VERSION, "2026-07-28")
                .with("Mcp-Method", "tools/call")
                .with("Mcp-Name", tool)
                .post("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","_meta":{%s
                        "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                        "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool, meta));
    }

    private void assertNothingLeft() {
        Await.until(() -> server.sessions().sessions().stream().allMatch(s -> s.references() == 0),
                "all references to be given back");
    }

    @Test
    void callThatTakesTooLong_isInterruptedAndFails() throws Exception {
        HttpLike.Client client = legacy();
        Recorded call = client.call(1, "wait");
        gate.awaitEntered(1);
        clock.advance(Duration.ofSeconds(29));
        assertFalse(call.isAnswered());
        clock.advance(Duration.ofSeconds(2));

        assertEquals("Tool wait timed out after 30 s", call.toolError());
        gate.awaitInterrupted();
        assertNothingLeft();
        Recorded next = client.call(1, "wait");
        gate.release(1);
        assertEquals("released", next.text());
    }

    @Test
    void toolsOwnTime_countsInsteadOfTheServers() throws Exception {
        Recorded call = modern("short", "");
        gate.awaitEntered(1);
        clock.advance(Duration.ofSeconds(3));

        assertEquals("Tool short timed out after 1.5 s", call.toolError());
        gate.awaitInterrupted();
    }

    @Test
    void asManyCallsAsASessionMay_thenRefusedUntilOneEnds() throws Exception {
        HttpLike.Client client = legacy();
        Recorded first = client.call(1, "wait");
        Recorded second = client.call(2, "wait");
        gate.awaitEntered(2);
        Recorded third = client.call(3, "wait");

        JsonNode data = third.refused(Cause.CAPACITY, -31000).error().data();
        assertEquals(new Outcome.Refused(Cause.CAPACITY, Duration.ofSeconds(1)), third.answer().outcome());
        assertTrue(data != null && data.path("retryAfterMs").asInt(0) == 1000, () -> data + "");
        assertTrue(data != null && data.path("limit").stringValue("").contains("2 calls in one session"),
                () -> data + "");
        gate.release(2);
        assertEquals("released", first.text());
        assertEquals("released", second.text());
        gate.release(1);
        assertEquals("released", client.call(3, "wait").text());
        assertNothingLeft();
    }

    @Test
    void asManyCallsAsTheServerMay_thenRefusedUntilOneEnds() throws Exception {
        List<Recorded> calls =
                new ArrayList<>(List.of(legacy().call(1, "wait"), legacy().call(1, "wait"), modern("wait", "")));
        gate.awaitEntered(3);

        modern("wait", "").refused(Cause.CAPACITY, -31000);
        legacy().call(1, "wait").refused(Cause.CAPACITY, -31000);
        gate.release(3);
        for (Recorded call : calls) {
            assertEquals("released", call.text());
        }
        gate.release(1);
        assertEquals("released", modern("wait", "").text());
        assertNothingLeft();
    }

    @Test
    void modernClientThatIsGone_cancelsItsCall() throws Exception {
        Recorded call = modern("wait", "");
        gate.awaitEntered(1);
        call.abort();

        gate.awaitInterrupted();
        assertEquals(Answer.silent(), call.answer());
    }

    @Test
    void cancellationOfWhatIsNotThere_isIgnored() throws Exception {
        HttpLike.Client client = legacy();
        for (String id : List.of("1", "\"1\"", "1.5", "null", "{}", "1e400", "99999999999999999999")) {
            client.post("""
                    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s}}""".formatted(id))
                    .answer();
        }
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}").answer();
        gate.release(1);

        assertEquals("released", client.call(1, "wait").text());
    }

    @Test
    void cancellation_endsOnlyTheCallOfItsOwnSession() throws Exception {
        HttpLike.Client one = legacy();
        HttpLike.Client other = legacy();
        Recorded kept = one.call(1, "wait");
        Recorded cancelled = other.call(1, "wait");
        gate.awaitEntered(2);
        String cancel = """
                {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""";
        one.with(HttpLike.VERSION, "2026-07-28").post(cancel).answer();
        other.post(cancel).answer();

        assertEquals(Answer.silent(), cancelled.answer());
        gate.awaitInterrupted();
        gate.release(1);
        assertEquals("released", kept.text());
        assertFalse(gate.anyInterrupted());
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "checked", "error", "null", "misfit"})
    void handlerThatBreaks_failsWithoutItsWords(String tool) throws Exception {
        assertEquals("Tool " + tool + " failed; the server's log says why", legacy().call(1, tool).toolError());
        assertEquals("Tool " + tool + " failed; the server's log says why", modern(tool, "").toolError());
        assertNothingLeft();
    }

    @Test
    void toolException_failsWithItsWords() throws Exception {
        assertEquals("for the model", legacy().call(1, "tool-error").toolError());
    }

    @Test
    void toolsAddedAndRemovedWhileRunning_areSeenAtOnce() throws Exception {
        HttpLike.Client client = legacy();
        Recorded running = client.call(1, "wait");
        gate.awaitEntered(1);
        server.catalog().tools().remove("wait");
        server.catalog().tools().add(Tool.named("new").noArguments().text((in, call) -> "new"));

        client.call(2, "wait").failed(-32602);
        assertEquals("new", client.call(3, "new").text());
        String names = client.post("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/list\"}").result().toString();
        assertTrue(names.contains("\"new\"") && !names.contains("\"wait\""), names);
        gate.release(1);
        assertEquals("released", running.text());
    }

    @Test
    void progress_isToldToTheTokenAndGrows() throws Exception {
        Recorded call = modern("progress", "\"progressToken\":7,");
        call.text();

        assertEquals(
                List.of("{\"progressToken\":7,\"progress\":1,\"total\":3,\"message\":\"one\"}",
                        "{\"progressToken\":7,\"progress\":2.5}", "{\"progressToken\":7,\"progress\":3,\"total\":3}"),
                params(call));
    }

    @Test
    void progress_hasNoWordsBefore20250326() throws Exception {
        Recorded call = http.client().initialize("2024-11-05").post("""
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"progress",
                "_meta":{"progressToken":"t"}}}""");
        call.text();

        assertEquals("{\"progressToken\":\"t\",\"progress\":1,\"total\":3}", params(call).getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"progressToken\":null,", "\"progressToken\":1.5,", "\"progressToken\":{},"})
    void noToken_noProgress(String meta) throws Exception {
        Recorded call = modern("progress", meta);

        assertEquals("done", call.text());
        assertEquals(List.of(), call.sent());
    }

    @Test
    void afterTheAnswer_nothingIsSaid() throws Exception {
        Recorded call = modern("progress", "\"progressToken\":7,\"io.modelcontextprotocol/logLevel\":\"debug\",");
        call.text();
        int said = call.sent().size();
        last.get().progress(9, 9);
        last.get().log(LogLevel.ERROR, "", "late");

        assertEquals(said, call.sent().size());
        assertFalse(last.get().cancelled());
    }

    @Test
    void clientThatTakesASingleBody_isAnsweredWithoutNotices() throws Exception {
        Recorded call = http.client()
                .withoutStreams()
                .initialize("2025-11-25")
                .post("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"progress","_meta":{"progressToken":1}}}""");

        assertEquals("done", call.text());
        assertEquals(List.of(), call.sent());
    }

    @Test
    void legacyLogLevel_isInfoUntilSet() throws Exception {
        HttpLike.Client client = legacy();
        Recorded before = client.call(1, "log");
        before.text();
        client.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"alert\"}}")
                .result();
        client.post("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"ALERT\"}}")
                .failed(-32602);
        client.post("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"logging/setLevel\"}").failed(-32602);
        Recorded after = client.call(5, "log");
        after.text();

        assertEquals(7, before.sent().size());
        assertEquals(List.of("{\"level\":\"alert\",\"logger\":\"logger\",\"data\":\"alert\"}",
                "{\"level\":\"emergency\",\"logger\":\"logger\",\"data\":\"emergency\"}"), params(after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"io.modelcontextprotocol/logLevel\":\"loud\",",
        "\"io.modelcontextprotocol/logLevel\":7,"})
    void modernCallWithoutLogLevel_logsNothing(String meta) throws Exception {
        Recorded call = modern("log", meta);
        call.text();

        assertEquals(List.of(), call.sent());
    }

    @Test
    void modernCall_logsWhatItAskedFor() throws Exception {
        Recorded call = modern("log", "\"io.modelcontextprotocol/logLevel\":\"critical\",");
        call.text();

        assertEquals(3, call.sent().size());
    }

    private static List<String> params(Recorded call) {
        return call.sent()
                .stream()
                .map(message -> String.valueOf(assertInstanceOf(Message.Notification.class, message).params()))
                .toList();
    }
}
