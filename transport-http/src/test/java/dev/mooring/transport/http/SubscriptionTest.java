package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.http.HttpLimits;
import dev.mooring.json.Json;
import dev.mooring.protocol.SubscriptionLimits;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.time.Time;
import dev.mooring.transport.DrainResult;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code subscriptions/listen} as a stream of events, and what legacy clients are told on theirs.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
 */
class SubscriptionTest {
    private static final Ask TOOLS = listen("{'toolsListChanged':true}");

    private final FakeClock clock = new FakeClock();
    private final Site site = Site.start(server -> server.time(clock));

    @AfterEach
    void close() {
        site.close();
    }

    private static Ask listen(String filter) {
        ObjectNode params = Json.object();
        params.set("notifications", Ask.object(filter));
        return Ask.modern("subscriptions/listen", params);
    }

    private static void add(Site to, String tool) {
        to.server.catalog().tools().add(Tool.named(tool).noArguments().text((in, call) -> ""));
    }

    /** Lets what has changed be announced. */
    private void announce() {
        clock.advance(Duration.ofMillis(100));
    }

    /** The next message of a stream, whose event has nothing but data. */
    private static JsonNode event(RawClient client) throws IOException {
        String line = String.valueOf(client.line());
        assertTrue(line.startsWith("data: {"), line);
        assertEquals("", client.line());
        return Json.mapper().readTree(line.substring("data: ".length()));
    }

    private static JsonNode acknowledged(RawClient client) throws IOException {
        JsonNode event = event(client);
        assertEquals("notifications/subscriptions/acknowledged", event.path("method").asString());
        return event.path("params").path("notifications");
    }

    @Test
    void subscription_isAStreamThatBeginsWithItsAcknowledgement() throws Exception {
        try (RawClient client = site.connect()) {
            Reply head = client.send(TOOLS).open();
            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.field("Content-Type"));
            assertEquals("no", head.field("X-Accel-Buffering"));
            assertEquals(Ask.object("{'toolsListChanged':true}"), acknowledged(client));
            add(site, "more");
            announce();
            JsonNode told = event(client);
            assertEquals("notifications/tools/list_changed", told.path("method").asString());
            assertEquals(1,
                    told.path("params").path("_meta").path("io.modelcontextprotocol/subscriptionId").intValue());
        }
        Eventually.equal(0, site.server.subscriptions()::size);
    }

    @Test
    void severalSubscriptions_areOpenAtOnceOnConnectionsOfTheirOwn() throws Exception {
        try (RawClient tools = site.connect(); RawClient note = site.connect()) {
            tools.send(TOOLS).open();
            acknowledged(tools);
            note.send(listen("{'resourceSubscriptions':['note:1']}")).open();
            acknowledged(note);
            add(site, "more");
            site.server.catalog().resourceUpdated("note:1");
            announce();
            assertEquals("notifications/tools/list_changed", event(tools).path("method").asString());
            assertEquals("note:1", event(note).path("params").path("uri").asString());
        }
    }

    @Test
    void clientOfJsonOnly_isRefused() throws Exception {
        Reply reply = site.ask(TOOLS.but("Accept", "application/json"));
        assertEquals(406, reply.status());
        assertEquals(-32600, reply.code(), reply.body());
        assertEquals(1, reply.json().path("id").intValue());
    }

    @Test
    void fullServer_refusesAndSaysWhenToComeBack() throws Exception {
        try (Site small = Site.start(server -> server.subscriptions(SubscriptionLimits.DEFAULT.withTotal(1)));
                RawClient client = small.connect()) {
            client.send(TOOLS).open();
            acknowledged(client);
            Reply reply = small.ask(TOOLS);
            assertEquals(503, reply.status());
            assertEquals("1", reply.field("Retry-After"));
            assertEquals(-31000, reply.code());
            assertTrue(reply.body().contains("MCP_MAX_SUBSCRIPTIONS"), reply.body());
        }
    }

    @Test
    void cancelledNotification_isTakenWithoutEffect() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(TOOLS).open();
            acknowledged(client);
            Ask cancel = Ask.post("""
                    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
            assertEquals(202, site.ask(cancel.with("MCP-Protocol-Version", Ask.MODERN)).status());
            assertEquals(1, site.server.subscriptions().size());
        }
    }

    @Test
    void drain_endsStreamsWithTheirResultAndDoesNotWaitForThem() throws Exception {
        try (RawClient client = site.connect(); RawClient other = site.connect()) {
            client.send(TOOLS).open();
            acknowledged(client);
            other.send(listen("{}")).open();
            acknowledged(other);
            assertEquals(DrainResult.CLEAN, site.server.drain(Await.LIMIT));
            assertEnded(client);
            assertEnded(other);
        }
    }

    @Test
    void closedServer_endsStreamsWithTheirResultToo() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(TOOLS).open();
            acknowledged(client);
            site.close();
            assertEnded(client);
        }
    }

    private static void assertEnded(RawClient client) throws IOException {
        JsonNode result = event(client);
        assertEquals(1, result.path("id").intValue());
        assertEquals("complete", result.path("result").path("resultType").asString());
        assertNull(client.line());
    }

    @Test
    void silentStream_getsComments() throws Exception {
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, Site.LIMITS, clock);
        try (Site quiet = Site.start(transport); RawClient client = quiet.connect()) {
            client.send(TOOLS).open();
            acknowledged(client);
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofSeconds(16));
                assertTrue(String.valueOf(client.line()).startsWith(":"));
                assertEquals("", client.line());
            }
        }
    }

    @Test
    void readerThatDoesNotRead_isCutAndHoldsUpNobody() throws Exception {
        HttpLimits limits =
                Site.LIMITS.withTimeouts(HttpLimits.Timeouts.DEFAULT.withSlowReader(Duration.ofMillis(200)));
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, limits, Time.system());
        ObjectNode filter = Json.object();
        for (int i = 0; i < 900; i++) {
            filter.withArray("resourceSubscriptions").add("note:" + i + "/" + "x".repeat(250));
        }
        try (Site large = Site.start(transport, server -> server.time(clock)); RawClient quick = large.connect()) {
            quick.send(TOOLS).open();
            acknowledged(quick);
            try (RawClient slow = new RawClient(large.port(), 4096)) {
                slow.send(listen(filter.toString().replace('"', '\''))).open();
                acknowledged(slow);
                for (int i = 0; large.server.subscriptions().size() == 2; i++) {
                    assertTrue(i < 1_000, "the slow reader is never cut");
                    filter.path("resourceSubscriptions")
                            .forEach(uri -> large.server.catalog().resourceUpdated(uri.asString()));
                    add(large, "more-" + i);
                    announce();
                    assertEquals("notifications/tools/list_changed", event(quick).path("method").asString());
                }
                assertEquals(1, large.server.subscriptions().size());
            }
        }
    }

    @Test
    void legacyClient_isToldOnItsOwnStreamOnly() throws Exception {
        String session = site.session();
        site.ask(Ask.legacy(session, 1, "tools/list", Json.object()));
        assertEquals(200,
                site.ask(Ask.legacy(session, 2, "resources/subscribe", Ask.object("{'uri':'note:1'}"))).status());
        try (RawClient stream = site.connect(); RawClient call = site.connect()) {
            stream.send(Ask.get(session)).open();
            stream.begin();
            call.send(Ask.legacyCall(session, 3, "hold", "{'progress':true}"));
            site.hold.awaitBegun();
            add(site, "more");
            site.server.catalog().resourceUpdated("note:1");
            announce();
            assertTrue(String.valueOf(stream.line()).startsWith("id: "));
            assertTrue(String.valueOf(stream.line()).contains("notifications/tools/list_changed"));
            stream.line();
            stream.line();
            assertTrue(String.valueOf(stream.line()).contains("note:1"));
            site.hold.release(1);
            assertFalse(call.read().body().contains("list_changed"));
        }
    }
}
