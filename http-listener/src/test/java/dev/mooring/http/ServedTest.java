package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.time.Time;
import io.netty.util.LeakPresenceDetector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What tests with a running listener share: each kind of socket, clients that are closed, and no buffer left behind. */
@ParameterizedClass
@EnumSource(Sockets.class)
abstract class ServedTest {
    static final HttpLimits LIMITS = HttpLimits.DEFAULT.withEventLoops(1);

    @Parameter
    Sockets sockets = Sockets.NIO;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void assumeSockets() {
        assumeTrue(sockets.isAvailable(), "no such sockets here");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        LeakPresenceDetector.check();
    }

    HttpListener unstarted(HttpLimits limits) {
        HttpListener listener = new HttpListener("127.0.0.1", 0, limits, Time.system(), sockets);
        opened.add(listener);
        return listener;
    }

    /** A running listener that echoes bodies at {@code /echo}. */
    HttpListener serve(HttpLimits limits) {
        HttpListener listener = unstarted(limits);
        listener.mount("/echo", call -> call.answer(HttpAnswer.of(200, "text/plain", call.body())));
        listener.start();
        return listener;
    }

    HttpListener serve() {
        return serve(LIMITS);
    }

    RawClient client(HttpListener listener) throws IOException {
        return client(listener, 0);
    }

    RawClient client(HttpListener listener, int receiveBuffer) throws IOException {
        RawClient client = new RawClient(listener, receiveBuffer);
        opened.add(client);
        return client;
    }

    /** What was done to the listener has not hurt it: another client is served. */
    void assertHealthy(HttpListener listener) throws IOException {
        try (RawClient client = new RawClient(listener)) {
            assertEquals("fine", client.post("/echo", "fine").read().body());
        }
    }

    /** The listener itself has refused a request, in words that any page may read, and ended the connection. */
    void assertRefused(int status, RawClient client) throws IOException {
        RawClient.Reply reply = client.read();
        assertEquals(status, reply.status(), reply.body());
        assertEquals("close", reply.field("connection"));
        assertEquals("*", reply.field("access-control-allow-origin"));
        assertTrue(client.isEnded());
    }

    /** Waits for what nothing tells of. */
    static void spinUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited for 10 s");
            Thread.onSpinWait();
        }
    }
}
