package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.session.Session;
import dev.mooring.session.SessionLimits;
import dev.mooring.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions, from {@code initialize} to their end.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management">Session
 *     Management</a>
 */
class LegacySessionTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final Site site = Site.start();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void initialize_answersWithASessionThatIsThere() throws Exception {
        Reply reply = site.ask(Ask.initialize(Ask.LEGACY));
        assertEquals(200, reply.status());
        assertEquals("application/json", reply.field("Content-Type"));
        assertEquals(Ask.LEGACY, reply.json().path("result").path("protocolVersion").asString());
        String id = reply.field("Mcp-Session-Id");
        assertTrue(id.matches("[\\x21-\\x7E]{22,}"), id);
        assertEquals(200, site.ask(Ask.legacy(id, PING)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void everyLegacyRevision_isNegotiated(String revision) throws Exception {
        Reply reply = site.ask(Ask.initialize(revision));
        assertEquals(revision, reply.json().path("result").path("protocolVersion").asString());
        Ask list = Ask.legacy(reply.field("Mcp-Session-Id"), 1, "tools/list", Json.object());
        assertEquals(3, site.ask(list.without("MCP-Protocol-Version")).json().path("result").path("tools").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-28", "2099-01-01", "1.0", ""})
    void otherRevision_isAnsweredWithTheNewestLegacyOne(String revision) throws Exception {
        Reply reply = site.ask(Ask.initialize(revision));
        assertEquals(Ask.LEGACY, reply.json().path("result").path("protocolVersion").asString());
        assertTrue(reply.has("Mcp-Session-Id"));
    }

    @Test
    void initializeWithAModernVersionField_isStillTheHandshake() throws Exception {
        Reply reply = site.ask(Ask.initialize(Ask.LEGACY).with("MCP-Protocol-Version", Ask.MODERN));
        assertEquals(200, reply.status());
        assertTrue(reply.has("Mcp-Session-Id"));
    }

    @Test
    void initializeWithAStaleId_makesANewSession() throws Exception {
        String stale = site.session();
        site.ask(Ask.delete(stale));
        Reply reply = site.ask(Ask.initialize(Ask.LEGACY).with("Mcp-Session-Id", stale));
        assertEquals(200, reply.status());
        assertNotEquals(stale, reply.field("Mcp-Session-Id"));
        assertEquals(200, site.ask(Ask.legacy(reply.field("Mcp-Session-Id"), PING)).status());
    }

    @Test
    void refusedInitialize_opensNothing() throws Exception {
        Reply reply = site.ask(Ask.post(Ask.request(1, "initialize", Json.object()).toString()));
        assertEquals(200, reply.status());
        assertEquals(-32602, reply.code());
        assertFalse(reply.has("Mcp-Session-Id"));
        assertEquals(0, site.server.sessions().size());
    }

    @Test
    void otherAnswers_doNotRepeatTheId() throws Exception {
        assertFalse(site.ask(Ask.legacy(site.session(), PING)).has("Mcp-Session-Id"));
    }

    @Test
    void missingId_isABadRequest() throws Exception {
        for (Ask ask : new Ask[]{Ask.post(PING), Ask.post(PING).with("MCP-Protocol-Version", Ask.LEGACY),
            Ask.post(INITIALIZED), Ask.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"),
            Ask.of("GET").with("MCP-Protocol-Version", Ask.LEGACY).with("Accept", "text/event-stream"),
            Ask.of("DELETE").with("MCP-Protocol-Version", Ask.LEGACY)}) {
            Reply reply = site.ask(ask);
            assertEquals(400, reply.status(), ask.toString());
            assertEquals(-32600, reply.code());
            assertTrue(reply.body().contains("Mcp-Session-Id"), reply.body());
        }
    }

    @Test
    void unknownId_isNotFound() throws Exception {
        String gone = site.session();
        site.ask(Ask.delete(gone));
        String forged = gone.substring(0, gone.length() - 2) + (gone.endsWith("AA") ? "BB" : "AA");
        for (String id : new String[]{gone, forged, "x", "0".repeat(38), "0".repeat(5000), "../../etc", "null"}) {
            for (Ask ask : new Ask[]{Ask.legacy(id, PING), Ask.legacy(id, INITIALIZED), Ask.get(id), Ask.delete(id)}) {
                Reply reply = site.ask(ask);
                assertEquals(404, reply.status(), ask.toString());
                assertEquals(-32600, reply.code());
            }
        }
    }

    @Test
    void requestInAnUnknownSession_isAnsweredWithItsId() throws Exception {
        assertEquals(7, site.ask(Ask.legacy("x", PING)).json().path("id").intValue());
    }

    @Test
    void idOfAnotherServer_isNotFound() throws Exception {
        try (Site other = Site.start()) {
            assertEquals(404, site.ask(Ask.legacy(other.session(), PING)).status());
        }
    }

    @Test
    void idleSession_expires() throws Exception {
        FakeClock clock = new FakeClock();
        SessionLimits limits = SessionLimits.DEFAULT.withIdle(Duration.ofMinutes(1));
        try (Site timed = Site.start(server -> server.sessions(limits).time(clock))) {
            String id = timed.session();
            clock.advance(Duration.ofSeconds(50));
            assertEquals(200, timed.ask(Ask.legacy(id, PING)).status());
            clock.advance(Duration.ofSeconds(50));
            assertEquals(200, timed.ask(Ask.legacy(id, PING)).status());
            clock.advance(Duration.ofSeconds(70));
            assertEquals(404, timed.ask(Ask.legacy(id, PING)).status());
            assertEquals(0, timed.server.sessions().size());
        }
    }

    @Test
    void sessionWithACall_doesNotExpire() throws Exception {
        FakeClock clock = new FakeClock();
        SessionLimits limits = SessionLimits.DEFAULT.withIdle(Duration.ofMinutes(1));
        try (Site timed = Site.start(server -> server.sessions(limits).time(clock));
                RawClient client = timed.connect()) {
            String id = timed.session();
            client.send(Ask.legacyCall(id, 1, "hold", "{}"));
            timed.hold.awaitBegun();
            clock.advance(Duration.ofMinutes(3));
            timed.hold.release(1);
            assertEquals("held", client.read().text());
            assertEquals(200, timed.ask(Ask.legacy(id, PING)).status());
        }
    }

    @Test
    void delete_endsTheSession() throws Exception {
        String id = site.session();
        Reply reply = site.ask(Ask.delete(id));
        assertEquals(200, reply.status());
        assertEquals("Session terminated", reply.body());
        assertEquals(0, site.server.sessions().size());
        assertEquals(404, site.ask(Ask.delete(id)).status());
        assertEquals(404, site.ask(Ask.legacy(id, PING)).status());
    }

    @Test
    void delete_cancelsItsCallsAndEndsItsStream() throws Exception {
        String id = site.session();
        try (RawClient call = site.connect(); RawClient stream = site.connect()) {
            call.send(Ask.legacyCall(id, 1, "hold", "{}"));
            stream.send(Ask.get(id)).open();
            site.hold.awaitBegun();
            assertEquals(200, site.ask(Ask.delete(id)).status());
            site.hold.awaitInterrupted();
            assertEquals("", call.read().body());
            while (stream.line() != null) {
                // comments
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void versionField_mayNameAnyLegacyRevision(String version) throws Exception {
        String id = site.session();
        assertEquals(200, site.ask(Ask.legacy(id, PING).but("MCP-Protocol-Version", version)).status());
        assertEquals(202, site.ask(Ask.legacy(id, INITIALIZED).but("MCP-Protocol-Version", version)).status());
        assertEquals(200, site.ask(Ask.delete(id).with("MCP-Protocol-Version", version)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01", "2025-11-25 ,", "bogus", ""})
    void otherVersionField_isABadRequest(String version) throws Exception {
        String id = site.session("2025-03-26");
        for (Ask ask : new Ask[]{Ask.legacy(id, PING), Ask.legacy(id, INITIALIZED), Ask.legacy(id, "[" + PING + "]"),
            Ask.get(id), Ask.delete(id)}) {
            assertEquals(400, site.ask(ask.but("MCP-Protocol-Version", version)).status(), ask.toString());
        }
        assertEquals(200, site.ask(Ask.legacy(id, PING)).status());
    }

    @Test
    void missingVersionField_isFine() throws Exception {
        assertEquals(200, site.ask(Ask.legacy(site.session(), PING).without("MCP-Protocol-Version")).status());
    }

    @Test
    void notificationAndResponse_areTaken() throws Exception {
        String id = site.session();
        for (String message : new String[]{INITIALIZED, "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":99,\"error\":{\"code\":1,\"message\":\"no\"}}"}) {
            Reply reply = site.ask(Ask.legacy(id, message));
            assertEquals(202, reply.status());
            assertEquals("", reply.body());
        }
    }

    @Test
    void errorOfARequest_is200() throws Exception {
        Reply reply = site.ask(Ask.legacy(site.session(), 5, "tools/fly", Json.object()));
        assertEquals(200, reply.status());
        assertEquals(-32601, reply.code());
    }

    @Test
    void everySessionIsLetGo_whenNothingIsInProgress() throws Exception {
        String id = site.session();
        site.ask(Ask.legacy(id, PING));
        site.ask(Ask.legacy(id, "[]"));
        site.ask(Ask.legacyCall(id, 1, "echo", "{'message':'hi'}"));
        site.ask(Ask.legacyCall(id, 1, "no-such-tool", "{}"));
        site.ask(Ask.get(id).with("MCP-Protocol-Version", "bogus"));
        Session session = site.server.sessions().sessions().iterator().next();
        Eventually.equal(0, session::references);
    }
}
