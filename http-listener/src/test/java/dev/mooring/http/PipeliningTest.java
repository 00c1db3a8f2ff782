package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PipeliningTest extends ServedTest {
    private final BlockingQueue<HttpCall> calls = new LinkedBlockingQueue<>();

    private HttpListener holding(HttpLimits limits) {
        HttpListener listener = serve(limits);
        listener.mount("/hold", calls::add);
        return listener;
    }

    private HttpCall call() throws InterruptedException {
        HttpCall call = calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(call, "no call has come");
        return call;
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        HttpListener listener = serve();
        listener.mount("/later",
                call -> Thread.startVirtualThread(() -> call.answer(HttpAnswer.of(200, "text/plain", call.body()))));
        RawClient client = client(listener);
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            String body = "n" + i;
            requests.append(i % 2 == 0 ? "POST /later" : "POST /echo")
                    .append(" HTTP/1.1\r\nHost: a\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
        }
        client.send(requests.toString());
        for (int i = 0; i < 500; i++) {
            assertEquals("n" + i, client.read().body());
        }
    }

    @Test
    void pipelinedRequest_waitsForTheAnswerBeforeIt() throws Exception {
        RawClient client = client(holding(LIMITS)).request("GET /hold?1").request("GET /hold?2");
        HttpCall first = call();
        assertEquals("1", first.query());
        assertTrue(calls.isEmpty());
        assertTrue(first.answer(HttpAnswer.of(204)));
        assertEquals("2", call().query());
        assertEquals(204, client.read().status());
    }

    @Test
    void moreThanIsReadAhead_waitsWithThePeerAndIsServedLater() throws Exception {
        HttpLimits limits = LIMITS.withRequest(LIMITS.request().withAheadBytes(1024));
        RawClient client = client(holding(limits)).request("GET /hold");
        HttpCall first = call();
        String body = "x".repeat(1 << 20);
        Thread sender = Thread.startVirtualThread(() -> {
            try {
                client.post("/echo", body).post("/echo", "end");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        first.answer(HttpAnswer.of(204));
        assertEquals(204, client.read().status());
        assertEquals(body, client.read().body());
        assertEquals("end", client.read().body());
        sender.join();
    }

    @Test
    void answersGivenOnManyThreads_reachTheirPeers() throws Exception {
        HttpListener listener = serve();
        CountDownLatch all = new CountDownLatch(100);
        listener.mount("/slow", call -> {
            all.countDown();
            Thread.startVirtualThread(() -> {
                await(all);
                call.answer(HttpAnswer.of(200, "text/plain", call.body()));
            });
        });
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(client(listener).post("/slow", "n" + i));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("n" + i, clients.get(i).read().body());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void peerThatLeaves_abortsTheCallOnce() throws Exception {
        RawClient client = client(holding(LIMITS)).request("GET /hold");
        HttpCall call = call();
        CountDownLatch aborted = new CountDownLatch(1);
        List<String> notices = Collections.synchronizedList(new ArrayList<>());
        call.onAbort(() -> notices.add("first"));
        call.onAbort(aborted::countDown);
        client.close();
        assertTrue(aborted.await(10, TimeUnit.SECONDS));
        call.onAbort(() -> notices.add("late"));
        assertEquals(List.of("first", "late"), notices);
        assertFalse(call.answer(HttpAnswer.of(204)));
    }

    @Test
    void peerThatResets_abortsTheCall() throws Exception {
        RawClient client = client(holding(LIMITS)).request("GET /hold");
        CountDownLatch aborted = new CountDownLatch(1);
        call().onAbort(aborted::countDown);
        client.reset();
        assertTrue(aborted.await(10, TimeUnit.SECONDS));
    }

    @Test
    void peerThatEndsSending_hasLeft() throws Exception {
        RawClient client = client(holding(LIMITS)).request("GET /hold");
        HttpCall call = call();
        CountDownLatch aborted = new CountDownLatch(1);
        call.onAbort(aborted::countDown);
        client.endSending();
        assertTrue(aborted.await(10, TimeUnit.SECONDS));
        assertTrue(client.isEnded());
    }

    @Test
    void peerThatLeavesBehindPipelinedRequests_abortsTheCall() throws Exception {
        RawClient client = client(holding(LIMITS)).request("GET /hold").request("GET /hold").send("GET /ho");
        CountDownLatch aborted = new CountDownLatch(1);
        call().onAbort(aborted::countDown);
        client.close();
        assertTrue(aborted.await(10, TimeUnit.SECONDS));
        assertTrue(calls.isEmpty());
    }

    @Test
    void answeredCall_isNotAborted() throws Exception {
        HttpListener listener = holding(LIMITS);
        RawClient client = client(listener).request("GET /hold");
        HttpCall call = call();
        List<String> notices = Collections.synchronizedList(new ArrayList<>());
        call.onAbort(() -> notices.add("aborted"));
        call.answer(HttpAnswer.of(204));
        client.read();
        client.close();
        listener.close();
        assertEquals(List.of(), notices);
    }

    @Test
    void listenerThatFails_doesNotKeepOthersFromBeingTold() throws Exception {
        RawClient client = client(holding(LIMITS)).request("GET /hold");
        HttpCall call = call();
        CountDownLatch aborted = new CountDownLatch(1);
        try (Logs logs = new Logs()) {
            call.onAbort(() -> {
                throw new IllegalStateException("on purpose");
            });
            call.onAbort(aborted::countDown);
            client.close();
            assertTrue(aborted.await(10, TimeUnit.SECONDS));
            assertEquals(1, logs.containing("listener failed").size());
        }
    }
}
