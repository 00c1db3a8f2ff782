package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Call;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What asking looks like on the wire of HTTP: statuses, bodies and streams of both eras. */
class RoundsOverHttpTest {
    private static final String YES = "{\"action\":\"accept\",\"content\":{\"ok\":true}}";

    private final Site site = Site.start(server -> server
            .tool(Tool.named("confirm").schema("{\"type\":\"object\"}").text((in, call) -> confirm(call)))
            .tool(Tool.named("reports").schema("{\"type\":\"object\"}").text((in, call) -> {
                call.progress(1, 2);
                return confirm(call);
            })));

    /** Yes or no. */
    record Confirm(boolean ok) {}

    @AfterEach
    void close() {
        site.close();
    }

    private static String confirm(Call call) throws InterruptedException {
        return "" + call.elicit("ok", "Shall I?", Confirm.class);
    }

    private static Ask able(Ask ask) {
        return ask.body(ask.body().replaceFirst("apabilities\":\\{}", "apabilities\":{\"elicitation\":{}}"));
    }

    private static Ask again(Ask ask, @Nullable JsonNode state) {
        String more = "\"params\":{\"inputResponses\":{\"ok\":" + YES + "},\"requestState\":" + state + ",";
        return ask.body(ask.body().replaceFirst("\"params\":\\{", more));
    }

    @Test
    void modernQuestion_isOneJsonBodyAndSoIsItsAnswer() throws Exception {
        Ask ask = able(Ask.call("confirm", "{}"));
        Reply first = site.ask(ask);
        assertEquals(200, first.status());
        assertEquals("application/json", first.field("Content-Type"));
        assertEquals("input_required", first.json().path("result").path("resultType").asString(""));

        Reply second = site.ask(again(ask, first.json().path("result").path("requestState")));
        assertEquals(200, second.status());
        assertEquals("Accepted[value=Confirm[ok=true]]", second.text());
    }

    @Test
    void modernQuestionBehindProgress_endsTheStream() throws Exception {
        Reply reply = site.ask(able(Ask.call("reports", "{}")));

        assertEquals(200, reply.status());
        assertEquals("text/event-stream", reply.field("Content-Type"));
        assertEquals(2, reply.events().size(), reply.body());
        assertEquals("input_required", reply.events().getLast().path("result").path("resultType").asString(""));
    }

    @Test
    void stateThatDoesNotOpen_isAnErrorOfARequestThatWasAccepted() throws Exception {
        Ask ask = able(Ask.call("confirm", "{}"));
        String state = site.ask(ask).json().path("result").path("requestState").stringValue();
        Reply reply = site.ask(again(ask, Json.object().stringNode(state + "-TAMPERED")));

        assertEquals(200, reply.status());
        assertEquals(-32602, reply.code());
    }

    @Test
    void missingCapability_isABadRequest() throws Exception {
        Reply reply = site.ask(Ask.call("confirm", "{}"));

        assertEquals(400, reply.status());
        assertEquals(-32021, reply.code());
        assertTrue(reply.json().path("error").path("data").path("requiredCapabilities").has("elicitation"));
        assertEquals(200, site.ask(able(Ask.call("confirm", "{}"))).status());
    }

    @Test
    void missingCapabilityOnceTheStreamHasBegun_isToldOnIt() throws Exception {
        Reply reply = site.ask(Ask.call("reports", "{}"));

        assertEquals(200, reply.status());
        assertEquals(-32021, reply.events().getLast().path("error").path("code").asInt(0));
    }

    @Test
    void legacyQuestion_comesOnTheStreamOfItsCallAndIsAnsweredByAPost() throws Exception {
        String session = site.ask(able(Ask.initialize(Ask.LEGACY))).field("Mcp-Session-Id");
        try (RawClient client = site.connect(); RawClient own = site.connect()) {
            own.send(Ask.get(session)).open();
            Reply head = client.send(Ask.legacyCall(session, 1, "confirm", "{}")).open();
            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.field("Content-Type"));
            JsonNode question = message(client);
            assertEquals("elicitation/create", question.path("method").asString(""));
            Reply taken = site.ask(Ask.legacy(session,
                    "{\"jsonrpc\":\"2.0\",\"id\":" + question.path("id") + ",\"result\":" + YES + "}"));
            assertEquals(202, taken.status());
            assertEquals("", taken.body());

            assertEquals("Accepted[value=Confirm[ok=true]]", Reply.textOf(message(client)));
            client.line(); // the end of the last event
            assertNull(client.line());
        }
    }

    @Test
    void legacyQuestion_isAnsweredOnlyWithinItsSession() throws Exception {
        String session = site.ask(able(Ask.initialize(Ask.LEGACY))).field("Mcp-Session-Id");
        String other = site.ask(able(Ask.initialize(Ask.LEGACY))).field("Mcp-Session-Id");
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(session, 1, "confirm", "{}")).open();
            String id = message(client).path("id").toString();
            String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + YES + "}";
            assertEquals(202, site.ask(Ask.legacy(other, answer)).status());
            assertEquals(404, site.ask(Ask.legacy("nobody", answer)).status());
            assertEquals(400, site.ask(Ask.legacy(session, answer).but("MCP-Protocol-Version", Ask.MODERN)).status());
            assertEquals(202, site.ask(Ask.legacy(session, answer.replace(YES, "{\"action\":\"decline\"}"))).status());

            assertEquals("Declined[]", Reply.textOf(message(client)));
        }
    }

    @Test
    void legacyClientOfJsonOnly_isToldThatItCannotBeAsked() throws Exception {
        String session = site.ask(able(Ask.initialize(Ask.LEGACY))).field("Mcp-Session-Id");
        Reply reply = site.ask(Ask.legacyCall(session, 1, "confirm", "{}").but("Accept", "application/json"));

        assertEquals(200, reply.status());
        assertTrue(reply.text().contains("takes no event stream"), reply.body());
        assertFalse(reply.body().contains("elicitation/create"));
    }

    /** The next message of a stream. */
    private static JsonNode message(RawClient client) throws IOException {
        for (String line = client.line(); line != null; line = client.line()) {
            if (line.startsWith("data: {")) {
                return Json.mapper().readTree(line.substring("data: ".length()));
            }
        }
        throw new IOException("the stream has ended");
    }
}
