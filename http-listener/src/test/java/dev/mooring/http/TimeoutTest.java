package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.http.RawClient.Reply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeoutTest extends ServedTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    private static HttpLimits.Timeouts timeouts() {
        return LIMITS.timeouts();
    }

    @Test
    void slowHeader_isRefused() throws Exception {
        HttpListener listener = serve(LIMITS.withTimeouts(timeouts().withHeader(SHORT)));
        RawClient client = client(listener).send("GET /echo HTTP/1.1\r\nHos");
        Reply reply = client.read();
        assertEquals(408, reply.status());
        assertTrue(reply.body().contains("header"), reply.body());
        assertTrue(client.isEnded());
        assertHealthy(listener);
    }

    @Test
    void headerThatDrips_isRefusedAllTheSame() throws Exception {
        HttpListener listener = serve(LIMITS.withRequest(LIMITS.request().withHeaderBytes(16 << 20))
                .withTimeouts(timeouts().withHeader(SHORT)));
        RawClient client = client(listener).send("GET /echo HTTP/1.1\r\nX: ");
        while (client.available() == 0) {
            client.send("a");
        }
        assertEquals(408, client.read().status());
    }

    @Test
    void slowHeaderOfALaterRequest_isRefused() throws Exception {
        HttpListener listener = serve(LIMITS.withTimeouts(timeouts().withHeader(SHORT)));
        RawClient client = client(listener).post("/echo", "one").send("POST /echo");
        assertEquals("one", client.read().body());
        assertRefused(408, client);
    }

    @Test
    void slowBody_isRefused() throws Exception {
        HttpListener listener = serve(LIMITS.withTimeouts(timeouts().withBody(SHORT)));
        RawClient client = client(listener).request("POST /echo", "Content-Length: 10").send("12345");
        Reply reply = client.read();
        assertEquals(408, reply.status());
        assertTrue(reply.body().contains("body"), reply.body());
        assertTrue(client.isEnded());
    }

    @Test
    void slowChunk_isRefused() throws Exception {
        HttpListener listener = serve(LIMITS.withTimeouts(timeouts().withBody(SHORT)));
        assertRefused(408, client(listener).request("POST /echo", "Transfer-Encoding: chunked").send("5\r\n123"));
    }

    @Test
    void idleConnection_isClosedWithoutAWord() throws Exception {
        HttpListener listener = serve(LIMITS.withTimeouts(timeouts().withIdle(SHORT)));
        RawClient silent = client(listener);
        assertEquals(-1, silent.readByte());
        RawClient used = client(listener).post("/echo", "one");
        assertEquals("one", used.read().body());
        assertEquals(-1, used.readByte());
    }

    @Test
    void callThatTakesItsTime_isNotIdle() throws Exception {
        HttpListener listener =
                serve(LIMITS.withTimeouts(timeouts().withIdle(SHORT).withHeader(SHORT).withBody(SHORT)));
        CountDownLatch longer = new CountDownLatch(1);
        listener.mount("/slow", call -> Thread.startVirtualThread(() -> {
            awaitNothing(SHORT.multipliedBy(3), longer);
            call.answer(HttpAnswer.of(204));
        }));
        assertEquals(204, client(listener).request("GET /slow").read().status());
    }

    private static void awaitNothing(Duration wait, CountDownLatch never) {
        try {
            assertEquals(false, never.await(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
