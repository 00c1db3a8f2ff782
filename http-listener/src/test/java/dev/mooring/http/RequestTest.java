package dev.mooring.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.http.RawClient.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest extends ServedTest {
    private final BlockingQueue<HttpCall> calls = new LinkedBlockingQueue<>();

    private HttpListener recording() {
        HttpListener listener = serve();
        listener.mount("/a", call -> {
            calls.add(call);
            call.answer(HttpAnswer.of(204));
        });
        return listener;
    }

    private HttpCall call() throws InterruptedException {
        HttpCall call = calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(call, "no call has come");
        return call;
    }

    @Test
    void request_arrivesAsItWasSent() throws Exception {
        RawClient client = client(recording());
        client.request("PUT /a?x=%20&y", "Accept:  text/plain \t", "accept: b", "Content-Length: 3").send("abc");
        assertEquals(204, client.read().status());
        HttpCall call = call();
        assertEquals("PUT", call.method());
        assertEquals("/a", call.path());
        assertEquals("x=%20&y", call.query());
        assertEquals("text/plain", call.fields().first("ACCEPT"));
        assertEquals(List.of("text/plain", "b"), call.fields().all("Accept"));
        assertNull(call.fields().first("Origin"));
        assertEquals(List.of(), call.fields().all("Origin"));
        assertArrayEquals("abc".getBytes(UTF_8), call.body());
        assertEquals(client.address(), call.remote());
        assertEquals("127.0.0.1", call.local().getAddress().getHostAddress());
    }

    @Test
    void chunkedBody_isPutTogetherAndItsTrailersDropped() throws Exception {
        RawClient client = client(recording());
        client.request("POST /a", "Transfer-Encoding: chunked")
                .send("3;name=value\r\nabc\r\n00a\r\n0123456789\r\n0\r\nContent-Length: 9\r\nX-More: 1\r\n\r\n");
        assertEquals(204, client.read().status());
        HttpCall call = call();
        assertArrayEquals("abc0123456789".getBytes(UTF_8), call.body());
        assertNull(call.fields().first("X-More"));
        assertEquals("more", client.post("/echo", "more").read().body());
    }

    @Test
    void bodyWhoseLinesBeginWithBlanks_isTaken() throws Exception {
        RawClient client = client(serve());
        assertEquals(" a\n b\r\n\tc", client.post("/echo", " a\n b\r\n\tc").read().body());
        client.request("POST /echo", "Transfer-Encoding: chunked")
                .send("3\r\n a\n\r\n4\r\n b\r\n\r\n2\r\n\tc\r\n0\r\n\r\n");
        assertEquals(" a\n b\r\n\tc", client.read().body());
    }

    @Test
    void bodyOfTheLargestLength_comesBackWhole() throws Exception {
        HttpListener listener = serve();
        byte[] body = new byte[4 << 20];
        new Random(1).nextBytes(body);
        listener.mount("/sum", call -> call.answer(HttpAnswer.text(200, "" + Arrays.hashCode(call.body()))));
        RawClient client = client(listener);
        client.request("POST /sum", "Content-Length: " + body.length).send(body);
        assertEquals(Arrays.hashCode(body) + "\n", client.read().body());
    }

    @Test
    void largeAnswer_arrivesWhole() throws Exception {
        HttpListener listener = serve();
        String body = "x".repeat(8 << 20);
        listener.mount("/large", call -> call.answer(HttpAnswer.of(200, "text/plain", body.getBytes(UTF_8))));
        assertEquals(body, client(listener).request("GET /large").read().body());
    }

    @Test
    void emptyLinesBeforeARequest_areSkipped() throws Exception {
        assertEquals(204, client(recording()).send("\r\n\r\n").request("GET /a").read().status());
    }

    @Test
    void connection_isKeptAndUsedAgain() throws Exception {
        RawClient client = client(recording());
        for (int i = 0; i < 100; i++) {
            Reply reply = client.post("/echo", "n" + i).read();
            assertEquals("n" + i, reply.body());
            assertEquals("", reply.field("connection"));
            assertTrue(reply.field("date").endsWith(" GMT"), reply.field("date"));
        }
    }

    @Test
    void closeAskedFor_isGranted() throws Exception {
        RawClient client = client(recording()).request("GET /a", "Connection: close");
        assertEquals("close", client.read().field("connection"));
        assertTrue(client.isEnded());
    }

    @Test
    void closingAnswer_endsTheConnection() throws Exception {
        HttpListener listener = serve();
        listener.mount("/bye", call -> call.answer(HttpAnswer.text(200, "Bye.").closing()));
        RawClient client = client(listener).request("GET /bye");
        assertEquals("close", client.read().field("connection"));
        assertTrue(client.isEnded());
    }

    @Test
    void requestsBehindOneThatCloses_doNotTakeItsAnswerAway() throws Exception {
        HttpListener listener = recording();
        for (int i = 0; i < 50; i++) {
            RawClient client =
                    client(listener).request("GET /a", "Connection: close").post("/echo", "x".repeat(100_000));
            assertEquals(204, client.read().status());
            assertTrue(client.isEnded());
        }
        assertEquals(50, calls.size());
    }

    @Test
    void http10_isAnsweredAndClosedUnlessItAsksToStay() throws Exception {
        HttpListener listener = recording();
        RawClient leaving = client(listener).send("GET /a HTTP/1.0\r\n\r\n");
        assertEquals("close", leaving.read().field("connection"));
        assertTrue(leaving.isEnded());
        RawClient staying = client(listener);
        for (int i = 0; i < 2; i++) {
            Reply reply = staying.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").read();
            assertEquals("keep-alive", reply.field("connection"));
        }
    }

    @Test
    void head_getsTheFieldsOfGetAndNoBody() throws Exception {
        HttpListener listener = serve();
        listener.mount("/text", call -> call.answer(HttpAnswer.of(200, "text/plain", "hello".getBytes(UTF_8))));
        RawClient client = client(listener);
        assertEquals("5", client.request("HEAD /text").read(true).field("content-length"));
        assertEquals("hello", client.request("GET /text").read().body());
    }

    @Test
    void noContent_hasNoLength() throws Exception {
        assertEquals("", client(recording()).request("GET /a").read().field("content-length"));
    }

    @Test
    void absoluteForm_usesItsPath() throws Exception {
        RawClient client = client(recording());
        assertEquals(204, client.request("GET http://other:80/a?q").read().status());
        HttpCall call = call();
        assertEquals("/a", call.path());
        assertEquals("q", call.query());
    }

    @Test
    void optionsOfTheServer_areAnswered() throws Exception {
        assertEquals(204, client(serve()).request("OPTIONS *").read().status());
        assertEquals(400, client(serve()).request("GET *").read().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//a", "/a/", "/%61", "/./a", "/b/../a", "/A", "/", "/a;x"})
    void pathOfOtherCharacters_isNotFoundAndTheConnectionStays(String path) throws Exception {
        RawClient client = client(recording());
        assertEquals(404, client.post(path, "body").read().status());
        assertEquals(204, client.request("GET /a").read().status());
    }

    @Test
    void upgradeToHttp2_isIgnored() throws Exception {
        RawClient client = client(recording());
        client.request("GET /a", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__");
        assertEquals(204, client.read().status());
    }

    @Test
    void expectedContinue_isGivenBeforeTheBody() throws Exception {
        RawClient client = client(serve());
        client.request("POST /echo", "Expect: 100-Continue", "Content-Length: 2");
        assertEquals(100, client.read().status());
        assertEquals("ok", client.send("ok").read().body());
    }

    @Test
    void expectedContinueWithoutABody_isNotGiven() throws Exception {
        assertEquals(204, client(recording()).request("GET /a", "Expect: 100-continue").read().status());
    }

    @Test
    void expectedContinueForNothingThere_isRefusedBeforeTheBody() throws Exception {
        RawClient client = client(serve()).request("POST /none", "Expect: 100-continue", "Content-Length: 2");
        assertRefused(404, client);
    }

    @Test
    void routeThatFails_isAnsweredForAndOthersAreServed() throws Exception {
        HttpListener listener = serve();
        listener.mount("/bad", call -> {
            throw new IllegalStateException("on purpose");
        });
        try (Logs logs = new Logs()) {
            assertRefused(500, client(listener).request("GET /bad"));
            assertEquals(1, logs.containing("GET /bad failed").size());
        }
        assertHealthy(listener);
    }

    @Test
    void secondAnswer_isACallersBug() throws Exception {
        HttpCall call;
        RawClient client = client(recording()).request("GET /a");
        client.read();
        call = call();
        assertThrows(IllegalStateException.class, () -> call.answer(HttpAnswer.of(200)));
        assertThrows(IllegalStateException.class, () -> call.stream(HttpAnswer.of(200)));
    }
}
