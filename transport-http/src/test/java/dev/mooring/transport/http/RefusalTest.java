package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any message is understood. */
class RefusalTest {
    private static final int MAX = 200_000;
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");

    private final Site site = Site.start(HttpSettings.DEFAULT.withLimits(JsonLimits.DEFAULT.withBytes(MAX)));

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON", "application/json;charset=utf-8",
        "application/json; charset=\"UTF-8\"", "application/json ; charset=UTF-8", "application/json; v=1"})
    void json_isTaken(String type) throws Exception {
        assertEquals("hi", site.ask(ECHO.but("Content-Type", type)).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/jsonp", "application/json-rpc",
        "application/x-www-form-urlencoded", "application/json;charset=iso-8859-1", "application/json;charset=utf-16",
        "", "json", "*/*", "text/plain, application/json", "multipart/form-data; boundary=application/json"})
    void otherContent_isUnsupported(String type) throws Exception {
        Reply reply = site.ask(ECHO.but("Content-Type", type));
        assertEquals(415, reply.status());
        assertEquals(-32600, reply.code());
    }

    @Test
    void contentWithoutTypeOrEncoded_isUnsupported() throws Exception {
        assertEquals(415, site.ask(ECHO.without("Content-Type")).status());
        assertEquals(415, site.ask(ECHO.with("Content-Encoding", "gzip")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "FOO", "post", "QUERY"})
    void otherMethod_isNotAllowed(String verb) throws Exception {
        Reply reply = site.ask(Ask.of(verb));
        assertEquals(405, reply.status());
        assertEquals("POST, GET, DELETE, OPTIONS", reply.field("Allow"));
        assertEquals(-32600, reply.code());
    }

    @Test
    void otherPath_isNotFound() throws Exception {
        for (String path : new String[]{"/", "/mcp/", "/MCP", "/mcp%2f", "//mcp", "/./mcp", "/mcp;x=1", "/%6dcp"}) {
            try (RawClient client = site.connect()) {
                assertEquals(404, client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").read().status());
            }
        }
    }

    @Test
    void query_isIgnored() throws Exception {
        String text = new String(ECHO.bytes(), StandardCharsets.UTF_8);
        try (RawClient client = site.connect()) {
            assertEquals("hi", client.send(text.replace("/mcp", "/mcp?a=b")).read().text());
        }
    }

    @Test
    void longestBody_isTakenAndALongerOneIsNot() throws Exception {
        String longest = ECHO.body() + " ".repeat(MAX - ECHO.body().length());
        assertEquals("hi", site.ask(ECHO.body(longest)).text());
        Reply reply = site.ask(ECHO.body(longest + " "));
        assertEquals(413, reply.status());
        assertTrue(reply.body().contains("MCP_MAX_MESSAGE_BYTES"), reply.body());
    }

    @Test
    void longBodyInChunks_isTooLongOnlyWhenItIs() throws Exception {
        String head = "POST /mcp HTTP/1.1\r\n" + String.join("\r\n", ECHO.fields())
                + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        String first = Integer.toHexString(ECHO.body().length()) + "\r\n" + ECHO.body() + "\r\n";
        try (RawClient client = site.connect()) {
            assertEquals("hi", client.send(head + first + "0\r\n\r\n").read().text());
            String blanks = "10000\r\n" + " ".repeat(65_536) + "\r\n";
            assertEquals(413, client.send(head + first + blanks.repeat(4) + "0\r\n\r\n").read().status());
            assertTrue(client.isEnded());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: echo",
        "Content-Type: application/json"})
    void repeatedField_isABadRequest(String field) throws Exception {
        Reply reply = site.ask(ECHO.with(field.split(": ", -1)[0], field.split(": ", -1)[1]));
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("more than once"), reply.body());
    }

    @Test
    void repeatedSessionId_isABadRequest() throws Exception {
        String id = site.session();
        Ask ping = Ask.legacy(id, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        assertEquals(400, site.ask(ping.with("Mcp-Session-Id", id)).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"{                                       | -32700 |",
        "nonsense                                                       | -32700 |",
        "~~                                                             | -32700 |",
        "7                                                              | -32600 |",
        "{}                                                             | -32600 |",
        "[]                                                             | -32600 |",
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":7}                    | -32600 | 5",
        "{\"jsonrpc\":\"1.0\",\"id\":5,\"method\":\"ping\"}             | -32600 | 5",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}          | -32600 |",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}           | -32600 |"})
    void noMessage_isABadRequestInBothEras(String body, int code, String id) throws Exception {
        for (Ask ask : new Ask[]{ECHO, Ask.legacy(site.session(), ""), Ask.post("")}) {
            Reply reply = site.ask(ask.body(body));
            assertEquals(400, reply.status());
            assertEquals("application/json", reply.field("Content-Type"));
            assertEquals(code, reply.code(), reply.body());
            assertEquals(id, reply.json().has("id") ? reply.json().path("id").asString() : null);
        }
    }

    @Test
    void refusal_leavesTheConnectionOpen() throws Exception {
        try (RawClient client = site.connect()) {
            for (Ask bad : new Ask[]{ECHO.body("{"), ECHO.without("Mcp-Method"), ECHO.but("Accept", "a/b"),
                ECHO.without("Content-Type"), Ask.of("PUT"), ECHO.but("Host", "evil.example"), Ask.get("x")}) {
                Reply reply = client.ask(bad);
                assertTrue(reply.status() >= 400 && reply.status() < 500, reply.toString());
                assertFalse(reply.has("Connection"));
                assertEquals("hi", client.ask(ECHO).text());
            }
        }
    }
}
