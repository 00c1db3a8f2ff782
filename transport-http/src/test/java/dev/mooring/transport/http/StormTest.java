package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.session.Session;
import dev.mooring.transport.DrainResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that do everything at once, in no order, and often leave in the middle of it. */
class StormTest {
    private static final int CLIENTS = 24;
    private static final int STEPS = 60;

    @Test
    void whateverClientsDo_nothingIsLeftOfThem() throws Exception {
        try (Log log = Log.of("dev.mooring");
                Site site = Site.start(HttpSettings.DEFAULT.withKeepAlive(Duration.ofMillis(50)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(i);
                clients.add(threads.submit(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        visit(site, random);
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
            site.hold.release(CLIENTS * STEPS);
            Eventually.equal(0, site.transport::connections);
            Eventually.equal(0, site.hold::running);
            for (Session session : site.server.sessions().sessions()) {
                Eventually.equal(0, session::references);
            }
            assertEquals(DrainResult.CLEAN, site.server.drain(Duration.ofSeconds(5)));
            assertEquals("", log.warnings());
        }
    }

    /** One session from its beginning to its end, with requests of both eras and streams that come and go. */
    private static void visit(Site site, Random random) throws IOException {
        String id = site.session();
        try (RawClient one = site.connect(); RawClient two = site.connect(); RawClient three = site.connect()) {
            for (int i = 0; i < 4; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> assertEquals(31, three.ask(Ask.call("steps", "{'steps':30}")).events().size());
                    case 1 -> assertEquals("hi", three.ask(Ask.legacyCall(id, 9, "echo", "{'message':'hi'}")).text());
                    case 2 -> two.send(Ask.get(id));
                    case 3 -> one.send(Ask.legacyCall(id, i, "hold", "{'progress':true}"));
                    case 4 -> site.ask(Ask.legacy(id, cancel(random.nextInt(4))));
                    case 5 -> abandon(site, Ask.get(id), random);
                    case 6 -> abandon(site, Ask.call("hold", "{'progress':true}"), random);
                    default -> abandon(site, Ask.legacyCall(id, 10 + i, "steps", "{'steps':200}"), random);
                }
            }
            if (random.nextBoolean()) {
                assertEquals(200, site.ask(Ask.delete(id)).status());
            }
        }
    }

    private static void abandon(Site site, Ask ask, Random random) throws IOException {
        try (RawClient client = site.connect()) {
            client.send(ask);
            if (random.nextBoolean()) {
                client.open();
            }
            if (random.nextBoolean()) {
                client.reset();
            }
        }
    }

    private static String cancel(int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }
}
