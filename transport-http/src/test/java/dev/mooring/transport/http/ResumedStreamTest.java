package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.http.HttpLimits;
import dev.mooring.protocol.EventLimits;
import dev.mooring.server.McpServer;
import dev.mooring.session.Session;
import dev.mooring.time.Time;
import dev.mooring.transport.DrainResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams that go on with another connection, byte for byte. */
class ResumedStreamTest {
    private final Site site = Site.start();

    @AfterEach
    void close() {
        site.close();
    }

    private static Ask resume(String session, String lastEventId) {
        return Ask.get(session).with("MCP-Protocol-Version", Ask.LEGACY).with("Last-Event-ID", lastEventId);
    }

    /** The next line that is not a comment's or an empty one. */
    private static String said(RawClient client) throws IOException {
        for (String line = client.line(); line != null; line = client.line()) {
            if (!line.isEmpty() && !line.startsWith(":")) {
                return line;
            }
        }
        return "the end";
    }

    private static String id(String line) {
        assertTrue(line.startsWith("id: "), line);
        return line.substring("id: ".length());
    }

    private Session only(Site of) {
        return of.server.sessions().sessions().iterator().next();
    }

    @Test
    void stream_tellsIdsInTheirOwnLines() throws Exception {
        String session = site.session();
        Reply reply = site.ask(Ask.legacyCall(session, 9, "steps", "{'steps':2}"));

        String[] lines = reply.body().split("\n", -1);
        assertEquals(13, lines.length, reply.body());
        for (int i = 0; i < 12; i += 3) {
            assertTrue(id(lines[i]).matches("[\\x21-\\x7e]{1,300}"), lines[i]);
            assertTrue(i == 0 ? lines[i + 1].equals("data: ") : lines[i + 1].startsWith("data: {"), lines[i + 1]);
            assertEquals("", lines[i + 2]);
        }
    }

    @Test
    void olderStream_tellsIdsAndBeginsWithAMessage() throws Exception {
        String session = site.session("2025-06-18");
        Ask ask = Ask.legacyCall(session, 9, "steps", "{'steps':1}").but("MCP-Protocol-Version", "2025-06-18");
        String[] lines = site.ask(ask).body().split("\n", -1);

        assertTrue(lines[0].startsWith("id: "), lines[0]);
        assertTrue(lines[1].startsWith("data: {"), lines[1]);
    }

    @Test
    void modernStream_tellsNoIds() throws Exception {
        assertFalse(site.ask(Ask.call("steps", "{'steps':3}")).body().contains("id: "));
    }

    @Test
    void answerInOnePiece_staysJson() throws Exception {
        Reply reply = site.ask(Ask.legacyCall(site.session(), 1, "echo", "{'message':'hi'}"));

        assertEquals("application/json", reply.field("Content-Type"));
        assertEquals("hi", reply.text());
    }

    @Test
    void connectionThatIsReset_losesNothing() throws Exception {
        String session = site.session();
        String last;
        try (RawClient client = site.connect()) {
            client.send(Ask.legacyCall(session, 5, "hold", "{'progress':true}")).open();
            id(said(client));
            assertEquals("data: ", said(client));
            last = id(said(client));
            assertTrue(said(client).contains("notifications/progress"));
            client.reset();
        }
        Eventually.equal(0, site.transport::connections);
        site.hold.release(1);
        Eventually.equal(0, only(site)::references);
        Reply reply = site.ask(resume(session, last));

        assertEquals(200, reply.status());
        assertEquals("text/event-stream", reply.field("Content-Type"));
        List<JsonNode> events = reply.events();
        assertEquals(1, events.size());
        assertEquals(5, events.getFirst().path("id").intValue());
        assertEquals("held", Reply.textOf(events.getFirst()));
        assertEquals(0, site.hold.interrupted());
    }

    @Test
    void clientThatComesBackEarly_waitsForTheAnswer() throws Exception {
        String session = site.session();
        try (RawClient client = site.connect(); RawClient next = site.connect()) {
            client.send(Ask.legacyCall(session, 5, "hold", "{'progress':true}")).open();
            String begin = id(said(client));
            client.reset();
            next.send(resume(session, begin)).open();
            id(said(next));
            assertTrue(said(next).contains("notifications/progress"));
            site.hold.release(1);
            id(said(next));
            assertTrue(said(next).contains("held"));
            assertEquals("", next.line());
            assertNull(next.line());
            assertEquals(200, next.ask(Ask.legacyCall(session, 6, "echo", "{'message':'x'}")).status());
        }
    }

    @Test
    void unknownEvent_neverMeansThatTheSessionIsGone() throws Exception {
        String session = site.session();
        try (RawClient client = site.connect()) {
            assertEquals(200, client.send(resume(session, "nonsense")).open().status());
            id(said(client));
            assertEquals("data: ", said(client));
        }
        assertEquals(404, site.ask(resume(session.substring(1), "nonsense")).status());
    }

    @Test
    void pause_tellsWhenToComeBackAndEndsTheBody() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        Tool slow = Tool.named("slow").noArguments().text((in, call) -> {
            call.pause(Duration.ofMillis(250));
            away.await();
            return "came back";
        });
        try (Site pausing = Site.start(server -> server.tool(slow)); RawClient client = pausing.connect()) {
            String session = pausing.session();
            String[] lines = client.ask(Ask.legacyCall(session, 1, "slow", "{}")).body().split("\n", -1);
            assertEquals(List.of("data: ", "", "retry: 250", "", ""), List.of(lines).subList(1, lines.length));
            client.send(resume(session, id(lines[0]))).open();
            away.countDown();
            id(said(client));
            assertTrue(said(client).contains("came back"));
            assertEquals("the end", said(client));
            assertEquals(200, pausing.ask(Ask.call("slow", "{}")).status());
        }
    }

    @Test
    void replay_isNotCutByTheEndOfADrain() throws Exception {
        Tool large = Tool.named("large").noArguments().text((in, call) -> {
            call.progress(1, 0);
            return "y".repeat(3 << 20);
        });
        EventLimits limits = EventLimits.DEFAULT.withSessionBytes(8 << 20);
        try (Site talking = Site.start(server -> server.tool(large).events(limits));
                RawClient client = talking.connect();
                RawClient reader = new RawClient(talking.port(), 4_096)) {
            String session = talking.session();
            client.send(Ask.legacyCall(session, 1, "large", "{}")).open();
            String begin = id(said(client));
            client.reset();
            Eventually.equal(0, only(talking)::references);
            reader.send(resume(session, begin)).open();
            CompletableFuture<DrainResult> end = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try (McpServer server = talking.server) {
                    end.complete(server.drain(Duration.ofSeconds(10)));
                } catch (InterruptedException e) {
                    end.completeExceptionally(e);
                }
            });
            id(said(reader));
            assertTrue(said(reader).contains("notifications/progress"));
            id(said(reader));
            assertTrue(said(reader).length() > 3 << 20, "the answer is cut");
            assertEquals("the end", said(reader));
            assertEquals(DrainResult.CLEAN, end.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void sessionsOwnStream_isNotWaitedFor() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.get(site.session()).with("MCP-Protocol-Version", Ask.LEGACY)).open();
            id(said(client));

            assertEquals(DrainResult.CLEAN, site.server.drain(Duration.ofSeconds(10)));
            assertEquals("data: ", said(client));
        }
    }

    @Test
    void writerWhoseReaderLeft_doesNotWaitForIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Tool flood = Tool.named("flood").noArguments().text((in, call) -> {
            for (int i = 1; i <= 2_000; i++) {
                call.progress(i, 0, "x".repeat(5_000));
            }
            over.countDown();
            return "flooded";
        });
        HttpLimits limits =
                Site.LIMITS.withTimeouts(HttpLimits.Timeouts.DEFAULT.withSlowReader(Duration.ofMillis(200)));
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, limits, Time.system());
        try (Site flooding = Site.start(transport)) {
            flooding.server.catalog().tools().add(flood);
            String session = flooding.session();
            String begin;
            try (RawClient client = new RawClient(flooding.port(), 4_096)) {
                client.send(Ask.legacyCall(session, 1, "flood", "{}")).open();
                begin = id(said(client));
                assertTrue(over.await(10, TimeUnit.SECONDS), "the flood waits for a reader that was cut");
            }
            Eventually.equal(0, only(flooding)::references);
            List<JsonNode> events = flooding.ask(resume(session, begin)).events();
            assertEquals("flooded", Reply.textOf(events.getLast()));
            assertTrue(events.size() > 10 && events.size() < 100, () -> events.size() + " events");
        }
    }

    @Test
    void replayToAReaderThatTakesItsTime_isNotCut() throws Exception {
        Tool large = Tool.named("large").noArguments().text((in, call) -> {
            for (int i = 1; i <= 40; i++) {
                call.progress(i, 0, "x".repeat(5_000));
            }
            return "y".repeat(700_000);
        });
        try (Site talking = Site.start(server -> server.tool(large))) {
            String session = talking.session();
            Reply whole = talking.ask(Ask.legacyCall(session, 1, "large", "{}"));
            String begin = id(whole.body().split("\n", 2)[0]);
            List<RawClient> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawClient reader = new RawClient(talking.port(), 4_096);
                readers.add(reader.send(resume(session, begin)));
                reader.open();
                said(reader);
            }
            Reply again = talking.ask(resume(session, begin));
            assertEquals(whole.events(), again.events());
            for (RawClient reader : readers) {
                reader.close();
            }
        }
    }
}
