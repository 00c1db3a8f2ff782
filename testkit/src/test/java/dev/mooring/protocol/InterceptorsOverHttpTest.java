package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Header;
import dev.mooring.feature.Outcome;
import dev.mooring.feature.Tool;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Answer.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interceptors where each request has a way back of its own, and a status. */
class InterceptorsOverHttpTest {
    record Where(@Header("Region") Optional<String> region) {}

    private final Gate gate = new Gate();
    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1")
            .tool(gate.tool())
            .tool(Tool.named("where").arguments(Where.class).text((in, call) -> in.region().orElse("nowhere")))
            .intercept((request, next) -> {
                Outcome outcome = next.proceed();
                methods.add(request.method());
                outcomes.add(outcome);
                return outcome;
            })
            .transport(http)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private Recorded modern(String method, String params) {
        return http.client()
                .with(HttpLike.VERSION, "2026-07-28")
                .with("Mcp-Method", method)
                .with("Mcp-Name",
                        method.equals("tools/call") ? params.replaceAll(".*\"name\":\"([a-z]+)\".*", "$1") : "")
                .post("""
                        {"jsonrpc":"2.0","id":1,"method":"%s","params":{%s"_meta":{
                        "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                        "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(method, params));
    }

    @Test
    void tooMuch_isRefusedWithWhenToComeBack() throws Exception {
        server.catalog()
                .intercept((request, next) -> Outcome.overloaded("3 calls of tool where", Duration.ofSeconds(7)));
        Recorded refused = modern("tools/call", "\"name\":\"where\",");
        Message.Failure failure = refused.refused(Cause.CAPACITY, Outcome.OVERLOADED);

        assertEquals(new Answer.Outcome.Refused(Cause.CAPACITY, Duration.ofSeconds(7)), refused.answer().outcome());
        assertEquals("Overloaded: 3 calls of tool where; try again later", failure.error().message());
        assertEquals("{\"retryAfterMs\":7000,\"limit\":\"3 calls of tool where\"}",
                String.valueOf(failure.error().data()));
    }

    @Test
    void initialize_opensASessionThatIsServed() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");

        assertEquals("nowhere", client.call(1, "where").text());
        assertEquals(List.of("initialize", "tools/call"), methods);
        assertEquals(1, server.sessions().size());
        Await.until(() -> server.sessions().sessions().iterator().next().references() == 0, "the session to be let go");
    }

    @Test
    void initializeThatIsWrong_isSeenToo() throws Exception {
        http.client().post("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\"}").failed(-32602);

        assertEquals(List.of("initialize"), methods);
        assertEquals(-32602, assertInstanceOf(Outcome.Failed.class, outcomes.getFirst()).code());
    }

    @Test
    void unknownMethod_isUnknownAllTheSame() throws Exception {
        modern("no/such", "").refused(Cause.UNKNOWN_METHOD, -32601);

        assertEquals(List.of("no/such"), methods);
    }

    @Test
    void headerThatDiffers_isSeenAndMalformed() throws Exception {
        modern("tools/call", "\"name\":\"where\",\"arguments\":{\"region\":\"eu\"},").refused(Cause.MALFORMED, -32020);

        assertEquals(-32020, assertInstanceOf(Outcome.Failed.class, outcomes.getFirst()).code());
    }

    @Test
    void requestThatIsRefusedBefore_isNotSeen() throws Exception {
        http.client().with(HttpLike.VERSION, "2026-07-28").post("""
                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
                "io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""").refused(Cause.MALFORMED, -32602);
        http.client().post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").refused(Cause.MALFORMED, -32600);

        assertEquals(List.of(), methods);
    }

    @Test
    void modernClientThatIsGone_isSeenAsCancelled() throws Exception {
        Recorded call = modern("tools/call", "\"name\":\"wait\",");
        gate.awaitEntered(1);
        call.abort();

        assertEquals(Answer.silent(), call.answer());
        Await.until(() -> outcomes.contains(Outcome.Cancelled.CANCELLED), "the cancelled call");
    }

    @Test
    void membersOfABatch_areSeenOneByOne() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-03-26");
        Recorded batch = client.post("""
                [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"where"}}]""");

        assertEquals(2, batch.answer().responses().size());
        assertTrue(methods.containsAll(List.of("initialize", "ping", "tools/call")) && methods.size() == 3,
                methods.toString());
    }
}
