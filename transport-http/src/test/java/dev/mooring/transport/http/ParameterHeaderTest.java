package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Default;
import dev.mooring.feature.Header;
import dev.mooring.feature.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Header fields that mirror parameters of a tool say what the body says.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters">
 *     Custom Headers from Tool Parameters</a>
 */
class ParameterHeaderTest {
    record Nested(@Header("Zone") Optional<String> zone) {}

    record Query(
            @Header("Region") Optional<String> region,
            @Header("Limit") @Default("10") long limit,
            @Header("Dry-Run") Optional<Boolean> dryRun,
            Optional<Nested> nested) {}

    private final AtomicInteger calls = new AtomicInteger();
    private final Tool query = Tool.named("query").arguments(Query.class).text((in, call) -> {
        calls.incrementAndGet();
        return "served";
    });
    private final Site site = Site.start(server -> server.tool(query));

    @AfterEach
    void close() {
        site.close();
    }

    private void served(Ask ask) throws IOException {
        Reply reply = site.ask(ask);
        assertEquals(200, reply.status(), reply.body());
        assertEquals("served", reply.text());
    }

    private Reply refused(Ask ask) throws IOException {
        Reply reply = site.ask(ask);
        assertEquals(400, reply.status(), reply.body());
        assertEquals(-32020, reply.code(), reply.body());
        assertEquals(1, reply.json().path("id").intValue());
        assertEquals(0, calls.get());
        return reply;
    }

    private static Ask region(String value) {
        return Ask.modern("tools/call", Ask.callParams("query", "{'region':" + value.replace('"', '\'') + "}"));
    }

    @ParameterizedTest
    @CsvSource({"us-west1,us-west1", "Hello,=?base64?SGVsbG8=?=", "SGVsbG8=,SGVsbG8=",
        "=?base64?SGVsbG8=,=?base64?SGVsbG8=", "=?base64?literal?=,=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=",
        "Hello\\u002c 世界,=?base64?SGVsbG8sIOS4lueVjA==?=", "' padded ',=?base64?IHBhZGRlZCA=?=",
        "line1\\nline2,=?base64?bGluZTEKbGluZTI=?=", "a\\u0009b,'a\tb'", "'',=?base64??=", "'',''"})
    void fieldThatSaysWhatTheBodySays_isServed(String body, String field) throws Exception {
        served(region("'" + body + "'").with("Mcp-Param-Region", field));
    }

    @ParameterizedTest
    @CsvSource({"us-west1,us-west2", "us-west1,US-WEST1", "us-west1,us-west1x", "Hello,=?base64?SGVsbG8?=",
        "Hello,=?base64?SGVs!!!bG8=?=", "Hello,=?BASE64?SGVsbG8=?=", "=?base64?SGVsbG8=?=,=?base64?SGVsbG8=?=",
        "ü,=?base64?/w==?=", "us-west1,''", "true,TRUE"})
    void fieldThatSaysSomethingElse_isRefused(String body, String field) throws Exception {
        refused(region("'" + body + "'").with("Mcp-Param-Region", field));
    }

    @Test
    void fieldBeyondAscii_isRefused() throws Exception {
        String utf8 = new String("ü".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        refused(region("'ü'").with("Mcp-Param-Region", utf8));
    }

    @Test
    void refusal_namesFieldAndValues() throws Exception {
        Reply reply = refused(region("'eu'").with("Mcp-Param-Region", "us"));
        assertEquals("Header mismatch: Mcp-Param-Region header value 'us' does not match body value 'eu'",
                reply.json().at("/error/message").asString());
    }

    @Test
    void fieldThatIsMissing_isRefused() throws Exception {
        Reply reply = refused(region("'eu'"));
        assertTrue(reply.body().contains("Mcp-Param-Region is missing"), reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'region':null}", "{'region':null,'nested':null,'dryRun':null,'limit':null}",
        "{'nested':{}}", "{'nested':{'zone':null}}"})
    void noValue_noField(String arguments) throws Exception {
        served(Ask.call("query", arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'region':null}"})
    void fieldWithoutAValue_isRefused(String arguments) throws Exception {
        refused(Ask.call("query", arguments).with("Mcp-Param-Region", "eu"));
    }

    @Test
    void severalFields_areRefused() throws Exception {
        refused(region("'eu'").with("Mcp-Param-Region", "eu").with("mcp-param-region", "eu"));
        refused(region("'eu'").with("Mcp-Param-Region", "eu").with("Mcp-Param-Region", "us"));
    }

    @Test
    void names_areComparedWithoutCase() throws Exception {
        served(region("'eu'").with("mcp-PARAM-rEGION", "eu"));
    }

    @ParameterizedTest
    @CsvSource({"42,42", "42,42.0", "42.0,42", "-7,-7", "0,-0", "9007199254740991,9007199254740991",
        "-9007199254740991,-9007199254740991.0", "42,=?base64?NDI=?="})
    void wholeNumbers_areComparedAsNumbers(String body, String field) throws Exception {
        served(Ask.call("query", "{'limit':" + body + "}").with("Mcp-Param-Limit", field));
    }

    @ParameterizedTest
    @CsvSource({"42,43", "42,42.5", "42,4.2e1", "42,+42", "42,0x2A", "42,''", "42,' '", "42,٤٢",
        "9007199254740992,9007199254740992", "9007199254740993,9007199254740993", "42,1e999999999"})
    void otherNumbers_areRefused(String body, String field) throws Exception {
        refused(Ask.call("query", "{'limit':" + body + "}").with("Mcp-Param-Limit", field));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void booleans_areLowercaseWords(boolean value) throws Exception {
        Ask ask = Ask.call("query", "{'dryRun':" + value + "}");
        served(ask.with("Mcp-Param-Dry-Run", "" + value));
        calls.set(0);
        refused(ask.with("Mcp-Param-Dry-Run", "" + !value));
        refused(ask.with("Mcp-Param-Dry-Run", value ? "True" : "False"));
    }

    @Test
    void nestedParameter_isMirrored() throws Exception {
        Ask ask = Ask.call("query", "{'nested':{'zone':'a'}}");
        served(ask.with("Mcp-Param-Zone", "a"));
        calls.set(0);
        refused(ask);
        refused(ask.with("Mcp-Param-Zone", "b"));
    }

    @Test
    void fieldsThatMirrorNothing_areIgnored() throws Exception {
        served(Ask.call("query", "{}").with("Mcp-Param-Other", "ü").with("Mcp-Param-Other", "x"));
        assertEquals("hi", site.ask(Ask.call("echo", "{'message':'hi'}").with("Mcp-Param-Region", "eu")).text());
    }

    @Test
    void argumentsThatDoNotFit_areToldAfterTheFields() throws Exception {
        Ask ask = Ask.call("query", "{'region':'eu','limit':'many'}").with("Mcp-Param-Limit", "many");
        refused(ask);
        Reply misfit = site.ask(ask.with("Mcp-Param-Region", "eu"));
        assertEquals(200, misfit.status());
        assertTrue(misfit.json().at("/result/isError").booleanValue(), misfit.body());
        assertTrue(site.ask(region("['eu']")).json().at("/result/isError").booleanValue());
    }

    @Test
    void unknownTool_isToldWithoutThem() throws Exception {
        Reply reply = site.ask(Ask.call("no-such-tool", "{'region':'eu'}"));
        assertEquals(200, reply.status());
        assertEquals(-32602, reply.code());
    }

    @Test
    void legacyClient_sendsNone() throws Exception {
        Reply reply = site.ask(Ask.legacyCall(site.session(), 1, "query", "{'region':'eu'}"));
        assertEquals("served", reply.text());
        assertFalse(reply.body().contains("error"), reply.body());
    }
}
