package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.protocol.CallLimits;
import dev.mooring.session.SessionLimits;
import dev.mooring.transport.DrainResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many clients, too many clients, and the end of the server. */
class CapacityTest {
    private static final int OVERLOADED = -31000;
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");

    @Test
    void tooManySessions_areRefusedUntilOneEnds() throws Exception {
        try (Site site = Site.start(server -> server.sessions(SessionLimits.DEFAULT.withSessions(2)))) {
            String first = site.session();
            site.session();
            for (int i = 0; i < 20; i++) {
                Reply reply = site.ask(Ask.initialize(Ask.LEGACY));
                assertEquals(503, reply.status());
                assertTrue(Integer.parseInt(reply.field("Retry-After")) >= 1);
                assertEquals(OVERLOADED, reply.code());
                assertTrue(reply.body().contains("MCP_MAX_SESSIONS"), reply.body());
                assertFalse(reply.has("Mcp-Session-Id"));
            }
            assertEquals("hi", site.ask(ECHO).text());
            assertEquals("hi", site.ask(Ask.legacyCall(first, 1, "echo", "{'message':'hi'}")).text());
            site.ask(Ask.delete(first));
            assertEquals(200, site.ask(Ask.initialize(Ask.LEGACY)).status());
            assertEquals(503, site.ask(Ask.initialize(Ask.LEGACY)).status());
        }
    }

    @Test
    void tooManyCalls_areRefusedUntilOneEnds() throws Exception {
        try (Site site = Site.start(server -> server.calls(CallLimits.DEFAULT.withTotal(2)));
                RawClient one = site.connect();
                RawClient two = site.connect()) {
            one.send(Ask.call("hold", "{}"));
            two.send(Ask.call("hold", "{}"));
            site.hold.awaitBegun(2);
            Reply reply = site.ask(ECHO);
            assertEquals(503, reply.status());
            assertEquals("1", reply.field("Retry-After"));
            assertEquals(OVERLOADED, reply.code());
            site.hold.release(2);
            assertEquals("held", one.read().text());
            assertEquals("hi", site.ask(ECHO).text());
        }
    }

    @Test
    void bothEras_areServedOnOneConnection() throws Exception {
        try (Site site = Site.start(); RawClient client = site.connect()) {
            String one = site.session();
            String two = site.session("2025-03-26");
            for (int i = 0; i < 10; i++) {
                assertEquals("hi", client.ask(ECHO).text());
                assertEquals("1", client.ask(Ask.legacyCall(one, 1, "echo", "{'message':'1'}")).text());
                assertEquals(2, client.ask(Ask.call("steps", "{'steps':1}")).events().size());
                assertEquals("2", client.ask(Ask.legacyCall(two, 1, "echo", "{'message':'2'}")).text());
                assertEquals(2, client.ask(Ask.legacyCall(two, 2, "steps", "{'steps':1}")).events().size());
                assertEquals(400, client.ask(ECHO.without("Mcp-Name")).status());
            }
            assertEquals(2, site.server.sessions().size());
        }
    }

    @Test
    void requestsSentAhead_areAnsweredInOrder() throws Exception {
        try (Site site = Site.start(); RawClient client = site.connect()) {
            client.send(Ask.call("hold", "{}")).send(ECHO).send(Ask.call("steps", "{'steps':2}")).send(ECHO);
            site.hold.awaitBegun();
            site.hold.release(1);
            assertEquals("held", client.read().text());
            assertEquals("hi", client.read().text());
            assertEquals(3, client.read().events().size());
            assertEquals("hi", client.read().text());
        }
    }

    @Test
    void hundredClients_areServedAtOnce() throws Exception {
        try (Site site = Site.start(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "client " + i;
                boolean modern = i % 2 == 0;
                clients.add(threads.submit(() -> converse(site, name, modern)));
            }
            site.hold.awaitBegun(100);
            assertEquals(100, site.hold.running());
            site.hold.release(100);
            for (Future<String> client : clients) {
                assertEquals("", client.get(20, TimeUnit.SECONDS));
            }
            assertEquals(0, site.server.sessions().size());
            Eventually.equal(0, site.transport::connections);
        }
    }

    /** What one client was told wrong; empty if nothing. */
    private static String converse(Site site, String name, boolean modern) throws Exception {
        StringBuilder wrong = new StringBuilder();
        String session = modern ? "" : site.session();
        try (RawClient client = site.connect()) {
            for (int i = 0; i < 10; i++) {
                String text = name + " " + i;
                expect(text, client.ask(ask(session, "echo", "{'message':'" + text + "'}")).text(), wrong);
            }
            expect("held", client.ask(ask(session, "hold", "{}")).text(), wrong);
            Reply steps = client.ask(ask(session, "steps", "{'steps':5}"));
            expect("6", String.valueOf(steps.events().size()), wrong);
            if (!modern) {
                expect("200", String.valueOf(client.ask(Ask.delete(session)).status()), wrong);
            }
        }
        return wrong.toString();
    }

    private static Ask ask(String session, String tool, String arguments) {
        return session.isEmpty() ? Ask.call(tool, arguments) : Ask.legacyCall(session, 1, tool, arguments);
    }

    private static void expect(String expected, String actual, StringBuilder wrong) {
        if (!expected.equals(actual)) {
            wrong.append(expected).append(" but was ").append(actual).append('\n');
        }
    }

    @Test
    void drain_finishesCallsAndRefusesNewOnes() throws Exception {
        try (Site site = Site.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RawClient quiet = site.connect();
                RawClient streaming = site.connect();
                RawClient stream = site.connect();
                RawClient idle = site.connect()) {
            String id = site.session();
            stream.send(Ask.get(id)).open();
            quiet.send(Ask.legacyCall(id, 1, "hold", "{}"));
            streaming.send(Ask.call("hold", "{'progress':true}")).open();
            assertEquals("hi", idle.ask(ECHO).text());
            site.hold.awaitBegun(2);
            Future<DrainResult> drain = threads.submit(() -> site.server.drain(Duration.ofSeconds(20)));
            Eventually.equal(503, () -> status(site, ECHO));

            for (Ask ask : new Ask[]{ECHO, Ask.initialize(Ask.LEGACY), Ask.legacyCall(id, 2, "echo", "{}")}) {
                Reply reply = site.ask(ask);
                assertEquals(503, reply.status());
                assertTrue(reply.has("Retry-After"));
                assertEquals(OVERLOADED, reply.code());
            }
            assertEquals("close", idle.ask(ECHO).field("Connection"));
            assertFalse(drain.isDone());
            site.hold.release(2);
            assertEquals("held", quiet.read().text());
            streaming.line();
            streaming.line();
            assertTrue(String.valueOf(streaming.line()).contains("held"));
            assertEquals(DrainResult.CLEAN, drain.get(10, TimeUnit.SECONDS));
        }
    }

    private static int status(Site site, Ask ask) {
        try {
            return site.ask(ask).status();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void close_endsStreamsAndCalls() throws Exception {
        try (Site site = Site.start(); RawClient call = site.connect(); RawClient stream = site.connect()) {
            stream.send(Ask.get(site.session())).open();
            call.send(Ask.call("hold", "{'progress':true}")).open();
            site.hold.awaitBegun();
            site.server.close();
            site.hold.awaitInterrupted();
            assertTrue(call.isEnded());
            assertTrue(stream.isEnded());
            assertEquals(0, site.server.sessions().size());
        }
    }
}
