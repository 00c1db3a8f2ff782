package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.session.Session;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Batches, which only 2025-03-26 has. */
class BatchTest {
    private static final String NOTICE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/anything\"}";

    private final Site site = Site.start();
    private String id = "";

    @BeforeEach
    void open() throws IOException {
        id = site.session("2025-03-26");
    }

    @AfterEach
    void close() {
        Session session = site.server.sessions().sessions().iterator().next();
        Eventually.equal(0, session::references);
        site.close();
    }

    @Test
    void requests_areAnsweredAsOneArray() throws Exception {
        Reply reply = send(call(1, "echo", "{'message':'one'}"), NOTICE, call(2, "echo", "{'message':'two'}"), ping(3));
        assertEquals(200, reply.status());
        assertEquals("application/json", reply.field("Content-Type"));
        assertEquals(3, reply.json().size());
        assertEquals("one", Reply.textOf(byId(reply.json(), 1)));
        assertEquals("two", Reply.textOf(byId(reply.json(), 2)));
        assertTrue(byId(reply.json(), 3).path("result").isEmpty());
    }

    @Test
    void oneRequest_isAnsweredAsAnArrayOfOne() throws Exception {
        JsonNode answer = send(ping(1)).json();
        assertTrue(answer.isArray());
        assertEquals(1, answer.size());
    }

    @Test
    void notices_areTaken() throws Exception {
        Reply reply = send(NOTICE, NOTICE, "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}");
        assertEquals(202, reply.status());
        assertEquals("", reply.body());
    }

    @Test
    void streamingMember_turnsTheWholeIntoAStream() throws Exception {
        List<JsonNode> events = send(call(1, "steps", "{'steps':2}"), call(2, "echo", "{'message':'hi'}")).events();
        assertEquals(3, events.size());
        assertEquals("notifications/progress", events.get(0).path("method").asString());
        assertEquals(2, events.get(2).size());
        assertEquals("done", Reply.textOf(byId(events.get(2), 1)));
        assertEquals("hi", Reply.textOf(byId(events.get(2), 2)));
    }

    @Test
    void badMembers_areAnsweredAmongTheOthers() throws Exception {
        JsonNode answer = send(ping(1), "7", "{\"jsonrpc\":\"2.0\",\"id\":2}", "[" + ping(3) + "]",
                Ask.initialize("2025-03-26").body(), call(4, "no-such-tool", "{}")).json();
        assertEquals(6, answer.size());
        assertEquals(-32600, byId(answer, 2).path("error").path("code").intValue());
        assertEquals(-32600, byId(answer, 0).path("error").path("code").intValue());
        assertEquals(-32602, byId(answer, 4).path("error").path("code").intValue());
        assertEquals(1, site.server.sessions().size());
    }

    @Test
    void idUsedTwice_isAnsweredTwice() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.legacy(id, "[" + call(1, "hold", "{}") + "," + call(1, "hold", "{}") + "]"));
            site.hold.awaitBegun(2);
            site.hold.release(2);
            JsonNode answer = client.read().json();
            assertEquals(2, answer.size());
            assertEquals("held", Reply.textOf(answer.path(0)));
            assertEquals("held", Reply.textOf(answer.path(1)));
        }
    }

    @Test
    void cancelledMember_isLeftOut() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.legacy(id, "[" + call(1, "hold", "{}") + "," + call(2, "hold", "{}") + "]"));
            site.hold.awaitBegun(2);
            site.ask(Ask.legacy(id, cancel(1)));
            site.hold.awaitInterrupted();
            site.hold.release(1);
            JsonNode answer = client.read().json();
            assertEquals(1, answer.size());
            assertEquals("held", Reply.textOf(byId(answer, 2)));
        }
    }

    @Test
    void batchThatCancelsAll_isAnsweredWithNothing() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.legacy(id, "[" + call(1, "hold", "{}") + "]"));
            site.hold.awaitBegun();
            site.ask(Ask.legacy(id, "[" + cancel(1) + "]"));
            assertEquals("", client.read().body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-06-18", "2025-11-25"})
    void batchUnderAnotherRevision_isRefused(String revision) throws Exception {
        String other = site.session(revision);
        Reply reply = site.ask(Ask.legacy(other, "[" + ping(1) + "]"));
        assertEquals(400, reply.status());
        assertEquals(-32600, reply.code());
        site.ask(Ask.delete(other));
    }

    @Test
    void batchWithoutASession_isRefused() throws Exception {
        for (Ask ask : new Ask[]{Ask.post("[" + ping(1) + "]"),
            Ask.post("[" + ping(1) + "]").with("MCP-Protocol-Version", Ask.MODERN),
            Ask.post("[" + Ask.call("echo", "{'message':'hi'}").body() + "]")
                    .with("MCP-Protocol-Version", Ask.MODERN)}) {
            Reply reply = site.ask(ask);
            assertEquals(400, reply.status());
            assertEquals(-32600, reply.code());
        }
        assertEquals(404, site.ask(Ask.legacy("x", "[" + ping(1) + "]")).status());
    }

    @Test
    void emptyOrOverlongBatch_isRefused() throws Exception {
        assertEquals(400, send().status());
        String[] many = new String[65];
        Arrays.fill(many, NOTICE);
        Reply reply = send(many);
        assertEquals(400, reply.status());
        assertEquals(-32600, reply.code());
        assertEquals(202, send(Arrays.copyOf(many, 64)).status());
    }

    private Reply send(String... members) throws IOException {
        return site
                .ask(Ask.legacy(id, "[" + String.join(",", members) + "]").but("MCP-Protocol-Version", "2025-03-26"));
    }

    private static String call(int id, String tool, String arguments) {
        return Ask.request(id, "tools/call", Ask.callParams(tool, arguments)).toString();
    }

    private static String ping(int id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
    }

    private static String cancel(int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    private static JsonNode byId(JsonNode batch, int id) {
        for (JsonNode member : batch) {
            if (member.path("id").asInt(-1) == id) {
                return member;
            }
        }
        throw new AssertionError("no member " + id + " in " + batch);
    }
}
