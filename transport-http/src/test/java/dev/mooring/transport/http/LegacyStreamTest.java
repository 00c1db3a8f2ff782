package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.session.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A session's own stream, and calls whose client leaves or cancels. */
class LegacyStreamTest {
    private final Site site = Site.start();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void get_opensAtOnce() throws Exception {
        try (RawClient client = site.connect()) {
            Reply head = client.send(Ask.get(site.session())).open();
            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.field("Content-Type"));
            assertEquals("no-cache", head.field("Cache-Control"));
            assertEquals("no", head.field("X-Accel-Buffering"));
            assertTrue(String.valueOf(client.line()).startsWith(":"));
        }
    }

    @Test
    void secondGet_replacesTheFirstWhichEnds() throws Exception {
        String id = site.session();
        try (RawClient first = site.connect(); RawClient second = site.connect()) {
            first.send(Ask.get(id)).open();
            first.begin();
            second.send(Ask.get(id)).open();
            second.begin();
            assertNull(first.line());
            assertEquals(200, site.ask(Ask.delete(id)).status());
            assertNull(second.line());
        }
    }

    @Test
    void connectionOfAnEndedStream_servesTheNextRequest() throws Exception {
        String id = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.get(id));
            client.open();
            client.begin();
            site.ask(Ask.delete(id));
            assertNull(client.line());
            assertEquals(404, client.ask(Ask.get(id)).status());
        }
    }

    @Test

    void openStream_holdsNoReferenceAndItsEndIsTheLastSignOfItsClient() throws Exception {
        String id = site.session();
        Session session = site.server.sessions().sessions().iterator().next();
        Eventually.equal(0, session::references);
        long uses = session.uses();
        try (RawClient client = site.connect()) {
            client.send(Ask.get(id)).open();
            client.line();
            Eventually.equal(0, session::references);
            assertEquals(uses + 1, session.uses());
        }
        Eventually.equal(2, () -> (int) (session.uses() - uses));
        Eventually.equal(0, session::references);
    }

    @Test
    void getWithoutEventStream_isNotAcceptable() throws Exception {
        String id = site.session();
        assertEquals(406, site.ask(Ask.get(id).but("Accept", "application/json")).status());
        try (RawClient client = site.connect()) {
            assertEquals(200, client.send(Ask.get(id).without("Accept")).open().status());
        }
    }

    @Test
    void disconnect_doesNotCancelTheCall() throws Exception {
        String id = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(id, 1, "hold", "{'progress':true}")).open();
            site.hold.awaitBegun();
        }
        Eventually.equal(0, site.transport::connections);
        assertEquals(1, site.hold.running());
        site.hold.release(1);
        Eventually.equal(0, site.hold::running);
        assertEquals(0, site.hold.interrupted());
        Session session = site.server.sessions().sessions().iterator().next();
        Eventually.equal(0, session::references);
    }

    @Test
    void cancelled_endsTheCallWithAnEmptyStream() throws Exception {
        String id = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(id, 1, "hold", "{}"));
            site.hold.awaitBegun();
            assertEquals(202, site.ask(Ask.legacy(id, cancel(1))).status());
            Reply reply = client.read();
            assertEquals(200, reply.status());
            assertEquals("text/event-stream", reply.field("Content-Type"));
            assertEquals("", reply.body());
        }
        site.hold.awaitInterrupted();
    }

    @Test
    void cancelledWhileStreaming_endsTheStreamWithoutAnAnswer() throws Exception {
        String id = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(id, 1, "hold", "{'progress':true}"));
            site.hold.awaitBegun();
            site.ask(Ask.legacy(id, cancel(1)));
            List<JsonNode> events = client.read().events();
            assertEquals(1, events.size());
            assertEquals("notifications/progress", events.getFirst().path("method").asString());
        }
    }

    @Test
    void cancelledByAClientOfJsonOnly_isAnsweredWithNothing() throws Exception {
        String id = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(id, 1, "hold", "{}").but("Accept", "application/json"));
            site.hold.awaitBegun();
            site.ask(Ask.legacy(id, cancel(1)));
            Reply reply = client.read();
            assertEquals(202, reply.status());
            assertEquals("", reply.body());
        }
    }

    @Test
    void cancelled_actsInItsOwnSessionOnly() throws Exception {
        String one = site.session();
        String other = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(one, 1, "hold", "{}"));
            site.hold.awaitBegun();
            assertEquals(202, site.ask(Ask.legacy(other, cancel(1))).status());
            site.hold.release(1);
            assertEquals("held", client.read().text());
        }
    }

    @Test
    void idInUse_isServedAgainBecauseEachRequestHasItsOwnWayBack() throws Exception {
        String id = site.session();
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(id, 1, "hold", "{}"));
            site.hold.awaitBegun();
            assertEquals("hi", site.ask(Ask.legacyCall(id, 1, "echo", "{'message':'hi'}")).text());
            site.hold.release(1);
            assertEquals("held", client.read().text());
        }
    }

    @Test
    void lateCancellation_isTakenWithoutEffect() throws Exception {
        String id = site.session();
        site.ask(Ask.legacyCall(id, 1, "echo", "{'message':'hi'}"));
        assertEquals(202, site.ask(Ask.legacy(id, cancel(1))).status());
        assertFalse(site.ask(Ask.legacyCall(id, 1, "echo", "{'message':'again'}")).text().isEmpty());
    }

    private static String cancel(int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }
}
