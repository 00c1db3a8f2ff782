package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.server.McpServer;
import dev.mooring.transport.Answer.Cause;
import dev.mooring.transport.Answer.Outcome;
import dev.mooring.transport.SessionKey;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which era a message belongs to where each has fields and a way back of its own, and in which order it is checked. */
class EraOfRequestsTest {
    private static final String MODERN = "2026-07-28";
    private static final String META = """
            {"io.modelcontextprotocol/protocolVersion":"%s","io.modelcontextprotocol/clientCapabilities":{}}""";

    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1")
            .tool(Tool.named("echo").noArguments().text((in, call) -> "hello"))
            .transport(http)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private static String request(String method, String members, String meta) {
        return """
                {"jsonrpc":"2.0","id":1,"method":"%s","params":{%s"_meta":%s}}""".formatted(method, members, meta);
    }

    private static String modern(String method) {
        return request(method, "", META.formatted(MODERN));
    }

    private static String modernCall(String tool) {
        return request("tools/call", "\"name\":\"" + tool + "\",", META.formatted(MODERN));
    }

    private HttpLike.Client client(String version, String method) {
        return http.client().with(HttpLike.VERSION, version).with("Mcp-Method", method);
    }

    @Test
    void versionInTheBody_isModernAndHasNoSession() throws Exception {
        HttpLike.Client client = client(MODERN, "tools/list").in(new SessionKey("ignored"));

        assertTrue(client.post(modern("tools/list")).result().has("tools"));
        assertEquals(0, server.sessions().size());
    }

    @Test
    void modernWithoutVersionField_isAMismatch() throws Exception {
        http.client().with("Mcp-Method", "tools/list").post(modern("tools/list")).refused(Cause.MALFORMED, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "v999.0.0", ""})
    void modernWithAnotherVersionField_isAMismatch(String field) throws Exception {
        Message.Failure failure =
                client(field, "tools/list").post(modern("tools/list")).refused(Cause.MALFORMED, -32020);

        assertEquals(RequestId.of(1), failure.id());
    }

    @Test
    void mismatch_winsOverUnsupportedVersion() throws Exception {
        client(MODERN, "tools/list").post(request("tools/list", "", META.formatted("v999.0.0")))
                .refused(Cause.MALFORMED, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v999.0.0", "2025-11-25", "2024-11-05"})
    void versionThatIsNotModern_isUnsupported(String version) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\",\"params\":{\"_meta\":"
                + "{\"io.modelcontextprotocol/protocolVersion\":\"" + version + "\"}}}";
        Message.Failure failure = client(version, "other").post(body).refused(Cause.MALFORMED, -32022);

        assertEquals(Json.mapper().readTree("{\"supported\":[\"2026-07-28\"],\"requested\":\"" + version + "\"}"),
                failure.error().data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"io.modelcontextprotocol/clientCapabilities\":null",
        ",\"io.modelcontextprotocol/clientCapabilities\":[]"})
    void missingCapabilities_winOverWrongMirrors(String capabilities) throws Exception {
        String meta = "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"" + capabilities + "}";
        Message.Failure failure =
                client(MODERN, "other").post(request("no/such", "", meta)).refused(Cause.MALFORMED, -32602);

        assertTrue(failure.error().message().contains("io.modelcontextprotocol/clientCapabilities"));
    }

    @Test
    void missingMethodField_winsOverUnknownMethod() throws Exception {
        http.client().with(HttpLike.VERSION, MODERN).post(modern("no/such")).refused(Cause.MALFORMED, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "NO/SUCH", "=?base64?bm8vc3VjaA==?="})
    void wrongMethodField_winsOverUnknownMethod(String field) throws Exception {
        client(MODERN, field).post(modern("no/such")).refused(Cause.MALFORMED, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such", "initialize", "ping", "logging/setLevel", "resources/subscribe"})
    void methodThatModernDoesNotHave_isUnknown(String method) throws Exception {
        client(MODERN, method).post(modern(method)).refused(Cause.UNKNOWN_METHOD, -32601);
    }

    @Test
    void missingNameField_isAMismatch() throws Exception {
        client(MODERN, "tools/call").post(modernCall("echo")).refused(Cause.MALFORMED, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "ECHO", "=?base64?ZWNobw?=", "=?base64?ZW!!obw=?=", "=?base64?/w==?="})
    void wrongNameField_isAMismatch(String field) throws Exception {
        client(MODERN, "tools/call").with("Mcp-Name", field).post(modernCall("echo")).refused(Cause.MALFORMED, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "=?base64?ZWNobw==?="})
    void nameField_isPlainOrBase64(String field) throws Exception {
        assertEquals("hello", client(MODERN, "tools/call").with("Mcp-Name", field).post(modernCall("echo")).text());
    }

    @Test
    void nameFieldForABodyWithoutName_isAMismatch() throws Exception {
        client(MODERN, "tools/call").with("Mcp-Name", "echo")
                .post(modern("tools/call"))
                .refused(Cause.MALFORMED, -32020);
    }

    @Test
    void unknownToolAndBadParameters_areErrorsOfAnAcceptedRequest() throws Exception {
        client(MODERN, "tools/call").with("Mcp-Name", "nobody").post(modernCall("nobody")).failed(-32602);
        client(MODERN, "tools/call").post(modern("tools/call")).failed(-32602);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-28", "v999.0.0", "2025-06-18"})
    void initialize_isAHandshakeWhateverTheField(String field) throws Exception {
        http.client().with(HttpLike.VERSION, field).initialize("2025-11-25");

        assertEquals(1, server.sessions().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-28", "v999.0.0"})
    void noVersionInTheBodyButInTheField_isModernAndMalformed(String field) throws Exception {
        HttpLike.Client legacy = http.client().initialize("2025-11-25");
        Message.Failure failure = legacy.with(HttpLike.VERSION, field)
                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{}}")
                .refused(Cause.MALFORMED, -32602);

        assertTrue(failure.error().message().contains("io.modelcontextprotocol/protocolVersion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void noVersionAtAllOrALegacyField_isServedInTheSession(String field) throws Exception {
        HttpLike.Client legacy = http.client().initialize("2025-06-18");

        assertEquals("hello", legacy.call(1, "echo").text());
        assertEquals("hello", legacy.with(HttpLike.VERSION, field).call(2, "echo").text());
    }

    @Test
    void legacyErrors_areThoseOfAnAcceptedRequest() throws Exception {
        HttpLike.Client legacy = http.client().initialize("2025-06-18");

        legacy.call(1, "nobody").failed(-32602);
        legacy.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"no/such\"}").failed(-32601);
        legacy.post("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"server/discover\"}").failed(-32601);
    }

    @Test
    void modernNotification_isAcceptedAndHasNoEffect() throws Exception {
        String cancel = """
                {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""";

        assertEquals(Outcome.Accepted.ACCEPTED,
                http.client().with(HttpLike.VERSION, MODERN).post(cancel).answer().outcome());
    }

    @Test
    void modernResponse_isMalformed() throws Exception {
        String response = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

        http.client().with(HttpLike.VERSION, MODERN).post(response).refused(Cause.MALFORMED, -32600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "[{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]"})
    void unsupportedVersionField_isMalformed(String body) throws Exception {
        HttpLike.Client legacy = http.client().initialize("2025-03-26");

        assertEquals(Outcome.Accepted.ACCEPTED, legacy.post(body).answer().outcome());
        legacy.with(HttpLike.VERSION, "1999-01-01").post(body).refused(Cause.MALFORMED, -32600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}"})
    void whatCannotBeRead_isMalformedInBothEras(String body) throws Exception {
        for (HttpLike.Client client : new HttpLike.Client[]{http.client().initialize("2025-03-26"),
            client(MODERN, "ping")}) {
            Outcome outcome = client.post(body).answer().outcome();
            assertEquals(new Outcome.Refused(Cause.MALFORMED, null), Objects.requireNonNull(outcome));
        }
    }

    @Test
    void drainingServer_refusesRequestsOfBothErasAndTakesNotices() throws Exception {
        HttpLike.Client legacy = http.client().initialize("2025-11-25");
        server.drain(Duration.ZERO);

        legacy.call(1, "echo").refused(Cause.CAPACITY, -31000);
        http.client().post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}").refused(Cause.CAPACITY, -31000);
        client(MODERN, "tools/list").post(modern("tools/list")).refused(Cause.CAPACITY, -31000);
        assertEquals(Outcome.Accepted.ACCEPTED,
                legacy.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").answer().outcome());
    }
}
