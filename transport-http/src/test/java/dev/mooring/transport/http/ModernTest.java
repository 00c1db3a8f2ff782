package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that stand alone.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">Streamable HTTP</a>
 */
class ModernTest {
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");

    private final Site site = Site.start();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void call_isAnsweredAsJson() throws Exception {
        Reply reply = site.ask(ECHO);
        assertEquals(200, reply.status());
        assertEquals("application/json", reply.field("Content-Type"));
        assertEquals("hi", reply.text());
        assertEquals("complete", reply.json().path("result").path("resultType").asString());
    }

    @Test
    void sessionId_isIgnoredAndNoneIsMinted() throws Exception {
        Reply reply = site.ask(ECHO.with("Mcp-Session-Id", "no-such-session"));
        assertEquals("hi", reply.text());
        assertFalse(reply.has("Mcp-Session-Id"));
        assertEquals(0, site.server.sessions().size());
    }

    @Test
    void discover_mintsNoSession() throws Exception {
        Reply reply = site.ask(Ask.modern("server/discover", Json.object()));
        assertEquals(200, reply.status());
        assertEquals(Ask.MODERN, reply.json().path("result").path("supportedVersions").path(0).asString());
        assertFalse(reply.has("Mcp-Session-Id"));
        assertEquals(0, site.server.sessions().size());
    }

    @Test
    void lastEventId_isIgnored() throws Exception {
        assertEquals("hi", site.ask(ECHO.with("Last-Event-ID", "7")).text());
    }

    @Test
    void closedBeforeAnything_cancelsTheHandler() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.call("hold", "{}"));
            site.hold.awaitBegun();
        }
        site.hold.awaitInterrupted();
    }

    @Test
    void closedStream_cancelsTheHandler() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.call("hold", "{'progress':true}")).open();
            site.hold.awaitBegun();
        }
        site.hold.awaitInterrupted();
    }

    @Test
    void cancelledNotification_isTakenWithoutEffect() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.call("hold", "{}"));
            site.hold.awaitBegun();
            Ask cancel = Ask.post("""
                    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
            assertEquals(202, site.ask(cancel.with("MCP-Protocol-Version", Ask.MODERN)).status());
            site.hold.release(1);
            assertEquals("held", client.read().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void getAndDelete_areNotAllowed(String verb) throws Exception {
        for (Ask ask : new Ask[]{Ask.of(verb), Ask.of(verb).with("MCP-Protocol-Version", Ask.MODERN),
            Ask.of(verb).with("MCP-Protocol-Version", "2099-01-01")}) {
            Reply reply = site.ask(ask.with("Accept", "text/event-stream"));
            assertEquals(405, reply.status());
            assertEquals("POST, OPTIONS", reply.field("Allow"));
        }
    }

    @ParameterizedTest
    @CsvSource({"MCP-Protocol-Version,", "MCP-Protocol-Version,2025-11-25", "MCP-Protocol-Version,2099-01-01",
        "Mcp-Method,", "Mcp-Method,tools/list", "Mcp-Method,TOOLS/CALL", "Mcp-Name,", "Mcp-Name,Echo",
        "Mcp-Name,=?base64?ZWNobw?=", "Mcp-Name,=?base64?ZWNob!==?=", "Mcp-Name,=?BASE64?ZWNobw==?=",
        "Mcp-Name,=?base64?/w==?=", "Mcp-Name,=?base64??="})
    void fieldThatDiffersFromTheBody_isRefused(String name, String value) throws Exception {
        Ask ask = value == null ? ECHO.without(name) : ECHO.but(name, value);
        Reply reply = site.ask(ask);
        assertEquals(400, reply.status());
        assertEquals(-32020, reply.code(), reply.body());
        assertEquals(1, reply.json().path("id").intValue());
    }

    @Test
    void nameBeyondAscii_isRefusedUnlessEncoded() throws Exception {
        Ask ask = Ask.call("é", "{}");
        assertEquals(-32020, site.ask(ask).code());
        Reply encoded = site.ask(ask.but("Mcp-Name", sentinel("é")));
        assertEquals(200, encoded.status());
        assertEquals(-32602, encoded.code());
    }

    @Test
    void encodedName_isDecodedBeforeItIsCompared() throws Exception {
        assertEquals("hi", site.ask(ECHO.but("Mcp-Name", sentinel("echo"))).text());
    }

    @Test
    void fieldNames_areComparedWithoutCase() throws Exception {
        Ask ask = ECHO.without("MCP-Protocol-Version").with("mcp-PROTOCOL-version", Ask.MODERN);
        assertEquals("hi", site.ask(ask.without("Mcp-Name").with("MCP-NAME", "echo")).text());
    }

    @Test
    void unsupportedVersion_isRefusedWithWhatIsSupported() throws Exception {
        Ask ask = ECHO.body(ECHO.body().replace(Ask.MODERN, "2099-01-01")).but("MCP-Protocol-Version", "2099-01-01");
        Reply reply = site.ask(ask);
        assertEquals(400, reply.status());
        assertEquals(-32022, reply.code());
        assertEquals(Json.mapper().readTree("{\"supported\":[\"2026-07-28\"],\"requested\":\"2099-01-01\"}"),
                reply.json().path("error").path("data"));
    }

    @Test
    void legacyVersionInTheBody_isNotSupported() throws Exception {
        Ask ask = ECHO.body(ECHO.body().replace(Ask.MODERN, Ask.LEGACY)).but("MCP-Protocol-Version", Ask.LEGACY);
        assertEquals(-32022, site.ask(ask).code());
    }

    @Test
    void missingVersionInTheBody_isNamed() throws Exception {
        Ask ask = Ask.post(Ask.request(1, "tools/list", Json.object()).toString());
        for (String version : new String[]{Ask.MODERN, "2099-01-01"}) {
            Reply reply = site.ask(ask.with("MCP-Protocol-Version", version).with("Mcp-Method", "tools/list"));
            assertEquals(400, reply.status());
            assertEquals(-32602, reply.code());
            assertTrue(reply.body().contains("io.modelcontextprotocol/protocolVersion"), reply.body());
        }
    }

    @Test
    void missingCapabilities_areNamed() throws Exception {
        Reply reply = site.ask(ECHO.body(ECHO.body().replace("clientCapabilities", "clientOddities")));
        assertEquals(400, reply.status());
        assertEquals(-32602, reply.code());
        assertTrue(reply.body().contains("io.modelcontextprotocol/clientCapabilities"), reply.body());
    }

    @Test
    void unknownMethod_isNotFound() throws Exception {
        Reply reply = site.ask(Ask.modern("tools/fly", Json.object()));
        assertEquals(404, reply.status());
        assertEquals(-32601, reply.code());
    }

    @Test
    void legacyMethods_areNotFound() throws Exception {
        for (String method : new String[]{"ping", "logging/setLevel", "resources/subscribe"}) {
            Reply reply = site.ask(Ask.modern(method, Json.object()));
            assertEquals(404, reply.status(), method);
            assertEquals(-32601, reply.code());
        }
    }

    @Test
    void errorOfAnAcceptedRequest_is200() throws Exception {
        for (Ask ask : new Ask[]{Ask.call("no-such-tool", "{}"),
            Ask.modern("tools/list", Json.object().put("cursor", "x")),
            Ask.modern("tools/call", Ask.object("{'name':'echo','arguments':7}"))}) {
            Reply reply = site.ask(ask);
            assertEquals(200, reply.status());
            assertEquals(-32602, reply.code());
        }
    }

    @Test
    void argumentsThatDoNotFit_areAToolError() throws Exception {
        Reply reply = site.ask(Ask.call("echo", "{'message':7}"));
        assertEquals(200, reply.status());
        assertTrue(reply.json().path("result").path("isError").booleanValue(), reply.body());
    }

    @Test
    void notification_isTaken() throws Exception {
        Reply reply = site.ask(Ask.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/anything\"}")
                .with("MCP-Protocol-Version", Ask.MODERN));
        assertEquals(202, reply.status());
        assertEquals("", reply.body());
        assertFalse(reply.has("Content-Type"));
    }

    @Test
    void response_isRefused() throws Exception {
        Reply reply = site
                .ask(Ask.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").with("MCP-Protocol-Version", Ask.MODERN));
        assertEquals(400, reply.status());
        assertEquals(-32600, reply.code());
        assertFalse(reply.json().has("id"));
    }

    @Test
    void sameIdAtTheSameTime_isTwoCalls() throws Exception {
        try (RawClient one = site.connect(); RawClient two = site.connect()) {
            one.send(Ask.call("hold", "{}"));
            two.send(Ask.call("hold", "{}"));
            site.hold.awaitBegun(2);
            site.hold.release(2);
            assertEquals("held", one.read().text());
            assertEquals("held", two.read().text());
        }
    }

    private static String sentinel(String name) {
        return "=?base64?" + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
