package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.http.HttpLimits;
import dev.mooring.json.Json;
import dev.mooring.model.LogLevel;
import dev.mooring.session.Session;
import dev.mooring.testkit.FakeClock;
import dev.mooring.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers that become streams of events. */
class StreamingTest {
    private final Site site = Site.start();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void streamedAnswer_saysSoToProxiesAndCaches() throws Exception {
        Reply reply = site.ask(Ask.call("steps", "{'steps':1}"));
        assertEquals(200, reply.status());
        assertEquals("text/event-stream", reply.field("Content-Type"));
        assertEquals("no-cache", reply.field("Cache-Control"));
        assertEquals("no", reply.field("X-Accel-Buffering"));
        assertEquals("chunked", reply.field("Transfer-Encoding"));
    }

    @Test
    void event_isOneDataLineAndAnEmptyLine() throws Exception {
        Reply reply = site.ask(Ask.call("steps", "{'steps':2}"));
        String[] lines = reply.body().split("\n", -1);
        assertEquals(7, lines.length, reply.body());
        for (int i = 0; i < 6; i += 2) {
            assertTrue(lines[i].startsWith("data: {"), lines[i]);
            assertEquals("", lines[i + 1]);
        }
    }

    @Test
    void lineEndsInText_doNotEndTheLine() throws Exception {
        String text = "a\\nb\\r\\nc\\rd\\u2028e\\u0085f\\u0000g";
        Ask ask = Ask.call("echo", "{'message':'" + text + "'}").but("Accept", "text/event-stream");
        Reply reply = site.ask(ask);
        assertEquals(1, reply.events().size());
        assertEquals("a\nb\r\nc\rd\u2028e\u0085f\u0000g", Reply.textOf(reply.events().getFirst()));
        assertEquals(1, reply.body().lines().filter(line -> line.startsWith("data:")).count());
    }

    @Test
    void progress_comesBeforeTheAnswerAndInOrder() throws Exception {
        List<JsonNode> events = site.ask(Ask.legacyCall(site.session(), 9, "steps", "{'steps':50}")).events();
        assertEquals(51, events.size());
        for (int i = 0; i < 50; i++) {
            assertEquals(i + 1, events.get(i).path("params").path("progress").intValue());
            assertEquals("p", events.get(i).path("params").path("progressToken").asString());
        }
        assertEquals(9, events.getLast().path("id").intValue());
    }

    @Test
    void log_streamsInItsRequestOnly() throws Exception {
        Tool talker = Tool.named("talker").noArguments().text((in, call) -> {
            call.log(LogLevel.WARNING, "talk", "hello");
            return "said";
        });
        try (Site talking = Site.start(server -> server.tool(talker))) {
            String id = talking.session();
            List<JsonNode> events = talking.ask(Ask.legacyCall(id, 1, "talker", "{}")).events();
            assertEquals("notifications/message", events.getFirst().path("method").asString());
            assertEquals("said", talking.ask(Ask.call("talker", "{}")).text());
        }
    }

    @Test
    void stream_isOpenBeforeTheCallEnds() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(Ask.call("hold", "{'progress':true}")).open();
            assertTrue(String.valueOf(client.line()).contains("notifications/progress"));
            assertEquals("", client.line());
            site.hold.release(1);
            assertTrue(String.valueOf(client.line()).contains("held"));
            assertEquals("", client.line());
            assertNull(client.line());
            assertEquals(200, client.ask(Ask.call("echo", "{'message':'next'}")).status());
        }
    }

    @Test
    void http10_getsAStreamThatEndsWithTheConnection() throws Exception {
        byte[] ask = Ask.call("steps", "{'steps':2}").bytes();
        String text = new String(ask, StandardCharsets.UTF_8).replace("HTTP/1.1", "HTTP/1.0");
        try (RawClient client = site.connect()) {
            Reply reply = client.send(text).read();
            assertFalse(reply.has("Transfer-Encoding"));
            assertEquals(3, reply.events().size());
        }
    }

    @Test
    void silentStream_getsComments() throws Exception {
        FakeClock clock = new FakeClock();
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, Site.LIMITS, clock);
        try (Site quiet = Site.start(transport); RawClient call = quiet.connect(); RawClient get = quiet.connect()) {
            call.send(Ask.call("hold", "{'progress':true}")).open();
            call.line();
            call.line();
            get.send(Ask.get(quiet.session())).open();
            get.begin();
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofSeconds(16));
                assertTrue(String.valueOf(call.line()).startsWith(":"));
                assertEquals("", call.line());
                assertTrue(String.valueOf(get.line()).startsWith(":"));
                assertEquals("", get.line());
            }
            quiet.hold.release(1);
            assertTrue(String.valueOf(call.line()).contains("held"));
            call.line();
            clock.advance(Duration.ofSeconds(60));
            assertNull(call.line());
        }
    }

    @Test
    void callThatHasNotStreamed_getsNoComments() throws Exception {
        FakeClock clock = new FakeClock();
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, Site.LIMITS, clock);
        try (Site quiet = Site.start(transport); RawClient call = quiet.connect()) {
            call.send(Ask.call("hold", "{}"));
            quiet.hold.awaitBegun();
            clock.advance(Duration.ofSeconds(60));
            quiet.hold.release(1);
            Reply reply = call.read();
            assertEquals("application/json", reply.field("Content-Type"));
            assertEquals("held", reply.text());
        }
    }

    @Test
    void readerThatDoesNotTakeItsAnswer_isCutForAReason() throws Exception {
        Tool big = Tool.named("big").noArguments().text((in, call) -> "x".repeat(16 << 20));
        HttpLimits limits =
                Site.LIMITS.withTimeouts(HttpLimits.Timeouts.DEFAULT.withSlowReader(Duration.ofMillis(200)));
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, limits, Time.system());
        try (Log log = Log.of("dev.mooring.http"); Site large = Site.start(transport)) {
            large.server.catalog().tools().add(big);
            String id = large.session();
            try (RawClient client = new RawClient(large.port(), 4096)) {
                client.send(Ask.legacyCall(id, 1, "big", "{}"));
                Eventually.equal(1, () -> log.text().contains("slow reader") ? 1 : 0);
                Eventually.equal(0, transport::connections);
            }
            Session session = large.server.sessions().sessions().iterator().next();
            Eventually.equal(0, session::references);
        }
    }

    @Test
    void readerThatDoesNotRead_isCutForAReason() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Tool flood = Tool.named("flood").noArguments().text((in, call) -> {
            try {
                for (int i = 1; !call.cancelled(); i++) {
                    call.progress(i, 0, "x".repeat(10_000));
                }
                return "flooded";
            } finally {
                ended.countDown();
            }
        });
        HttpLimits limits =
                Site.LIMITS.withTimeouts(HttpLimits.Timeouts.DEFAULT.withSlowReader(Duration.ofMillis(200)));
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, limits, Time.system());
        try (Log log = Log.of("dev.mooring.http"); Site flooding = Site.start(transport)) {
            flooding.server.catalog().tools().add(flood);
            try (RawClient client = new RawClient(flooding.port(), 4096)) {
                client.send(Ask.call("flood", "{}"));
                assertTrue(ended.await(10, TimeUnit.SECONDS), "the flood goes on");
                assertTrue(client.isEnded());
            }
            Eventually.equal(0, flooding.transport::connections);
            assertTrue(log.text().contains("slow reader"), log.text());
            assertEquals(200, flooding.ask(Ask.modern("tools/list", Json.object())).status());
        }
    }
}
