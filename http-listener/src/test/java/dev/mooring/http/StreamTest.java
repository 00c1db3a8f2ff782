package dev.mooring.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.http.RawClient.Reply;
import dev.mooring.transport.Delivery;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamTest extends ServedTest {
    private static final HttpAnswer HEAD = HttpAnswer.of(200).with("Content-Type", "text/event-stream");
    private static final byte[] BLOCK = new byte[32 << 10];
    private static final int SMALL_BUFFER = 4 << 10;

    private final BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();

    private HttpListener streaming(HttpLimits limits) {
        HttpListener listener = serve(limits);
        listener.mount("/stream", call -> streams.add(call.stream(HEAD)));
        return listener;
    }

    private HttpStream stream() throws InterruptedException {
        HttpStream stream = streams.poll(10, TimeUnit.SECONDS);
        assertNotNull(stream, "no stream has begun");
        return stream;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void pieces_arriveAsTheyAreWritten() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("GET /stream");
        HttpStream stream = stream();
        assertEquals("HTTP/1.1 200 OK", client.line());
        assertTrue(client.line().startsWith("Date: "));
        assertEquals("Content-Type: text/event-stream", client.line());
        assertEquals("Transfer-Encoding: chunked", client.line());
        assertEquals("", client.line());
        assertEquals(Delivery.TAKEN, stream.write(bytes("one")));
        assertEquals("one", client.chunk());
        stream.write(bytes(""));
        stream.write(bytes("two"));
        assertEquals("two", client.chunk());
        stream.end();
        assertEquals("", client.chunk());
        assertEquals("after", client.post("/echo", "after").read().body());
    }

    @Test
    void pipelinedRequest_waitsForTheEndOfTheStream() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("GET /stream").post("/echo", "after");
        HttpStream stream = stream();
        stream.write(bytes("one"));
        stream.write(BLOCK);
        stream.end();
        assertEquals(3 + BLOCK.length, client.read().body().length());
        assertEquals("after", client.read().body());
    }

    @Test
    void writesOfManyThreads_arriveWhole() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("GET /stream");
        HttpStream stream = stream();
        CountDownLatch written = new CountDownLatch(50);
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            String piece = "<" + "x".repeat(i * 37) + i + ">";
            expected.add(piece);
            Thread.startVirtualThread(() -> {
                stream.write(bytes(piece));
                written.countDown();
            });
        }
        assertTrue(written.await(10, TimeUnit.SECONDS));
        stream.end();
        Reply reply = client.read();
        TreeSet<String> received = new TreeSet<>();
        for (String piece : reply.body().split("(?<=>)", -1)) {
            if (!piece.isEmpty()) {
                received.add(piece);
            }
        }
        assertEquals(expected, received);
    }

    @Test
    void http10_getsTheBodyUpToTheEndOfTheConnection() throws Exception {
        RawClient client = client(streaming(LIMITS)).send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        HttpStream stream = stream();
        stream.write(bytes("one"));
        stream.write(bytes("two"));
        stream.end();
        Reply reply = client.read();
        assertEquals("onetwo", reply.body());
        assertEquals("close", reply.field("connection"));
    }

    @Test
    void head_getsOnlyTheHeadOfAStream() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("HEAD /stream");
        assertEquals(200, client.read(true).status());
        HttpStream stream = stream();
        assertEquals(Delivery.GONE, stream.write(bytes("one")));
        assertEquals("after", client.post("/echo", "after").read().body());
    }

    @Test
    void bodyInTheHeadOfAStream_isACallersBug() throws Exception {
        HttpListener listener = serve();
        listener.mount("/wrong", call -> call.stream(HttpAnswer.text(200, "No.")));
        try (Logs logs = new Logs()) {
            assertEquals(500, client(listener).request("GET /wrong").read().status());
            assertEquals(1, logs.containing("/wrong failed").size());
        }
    }

    @Test
    void endedStream_takesNothingMore() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("GET /stream");
        HttpStream stream = stream();
        List<String> notices = new ArrayList<>();
        stream.onClose(() -> notices.add("closed"));
        stream.end();
        stream.end();
        stream.cut();
        stream.onClose(() -> notices.add("late"));
        assertEquals(List.of("closed", "late"), notices);
        assertEquals(Delivery.GONE, stream.write(bytes("one")));
        stream.awaitWritable();
        assertEquals("", client.read().body());
        assertEquals("after", client.post("/echo", "after").read().body());
    }

    @Test
    void cutStream_isSeenToBeIncomplete() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("GET /stream");
        HttpStream stream = stream();
        stream.write(bytes("one"));
        CountDownLatch closed = new CountDownLatch(1);
        stream.onClose(closed::countDown);
        stream.cut();
        assertTrue(closed.await(10, TimeUnit.SECONDS));
        assertThrows(EOFException.class, client::read);
    }

    @Test
    void peerThatLeaves_closesTheStream() throws Exception {
        HttpListener listener = serve();
        CountDownLatch told = new CountDownLatch(2);
        listener.mount("/stream", call -> {
            call.onAbort(told::countDown);
            HttpStream stream = call.stream(HEAD);
            stream.onClose(told::countDown);
            streams.add(stream);
        });
        RawClient client = client(listener).request("GET /stream");
        HttpStream stream = stream();
        client.close();
        assertTrue(told.await(10, TimeUnit.SECONDS));
        assertEquals(Delivery.GONE, stream.write(bytes("one")));
        stream.end();
    }

    @Test
    void routeThatFailsWhileStreaming_isCut() throws Exception {
        HttpListener listener = serve();
        listener.mount("/bad", call -> {
            call.stream(HEAD).write(bytes("one"));
            throw new IllegalStateException("on purpose");
        });
        try (Logs logs = new Logs()) {
            RawClient client = client(listener).request("GET /bad");
            assertThrows(EOFException.class, client::read);
            assertEquals(1, logs.containing("/bad failed").size());
        }
    }

    @Test
    void fullQueue_letsTheWriterWaitUntilThePeerReads() throws Exception {
        HttpListener listener = streaming(LIMITS.withWrites(new HttpLimits.Writes(256 << 10, 64 << 10)));
        RawClient client = client(listener, SMALL_BUFFER).request("GET /stream");
        HttpStream stream = stream();
        int blocks = fill(stream);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Thread writer = Thread.startVirtualThread(() -> {
            awaitWritable(stream);
            mayGoOn.countDown();
            stream.end();
        });
        assertEquals(blocks * BLOCK.length, client.read().body().length());
        assertTrue(mayGoOn.await(10, TimeUnit.SECONDS));
        writer.join();
        assertEquals("after", client.post("/echo", "after").read().body());
    }

    private static int fill(HttpStream stream) {
        int blocks = 1;
        while (stream.write(BLOCK) == Delivery.TAKEN) {
            blocks++;
        }
        return blocks;
    }

    @Test
    void writerThatWaits_isReleasedWhenThePeerLeaves() throws Exception {
        RawClient client = client(streaming(LIMITS), SMALL_BUFFER).request("GET /stream");
        HttpStream stream = stream();
        assertEquals(Delivery.TAKEN, stream.write(BLOCK));
        Thread writer = Thread.startVirtualThread(() -> writeAsAsked(stream));
        spinUntil(() -> writer.getState() == Thread.State.WAITING);
        client.reset();
        assertTrue(writer.join(Duration.ofSeconds(10)));
    }

    @Test
    void waitingOnTheEventLoop_isACallersBug() throws Exception {
        HttpListener listener = serve();
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        listener.mount("/wait", call -> {
            HttpStream stream = call.stream(HEAD);
            outcome.add(assertThrows(IllegalStateException.class, stream::awaitWritable));
            stream.end();
        });
        client(listener).request("GET /wait").read();
        assertNotNull(outcome.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void writerThatIgnoresAFullQueue_losesTheConnection() throws Exception {
        HttpListener listener = streaming(LIMITS.withWrites(new HttpLimits.Writes(256 << 10, 64 << 10)));
        try (Logs logs = new Logs()) {
            RawClient client = client(listener, SMALL_BUFFER).request("GET /stream");
            HttpStream stream = stream();
            CountDownLatch closed = new CountDownLatch(1);
            stream.onClose(closed::countDown);
            fill(stream);
            int more = 0;
            while (stream.write(BLOCK) != Delivery.GONE) {
                more++;
            }
            assertTrue(more * (long) BLOCK.length < 32 << 20, more + " blocks");
            assertTrue(closed.await(10, TimeUnit.SECONDS));
            assertEquals(1, logs.containing("slow reader").size());
            assertTrue(logs.containing("slow reader").getFirst().contains(client.address().toString()));
        }
        assertHealthy(listener);
    }

    @Test
    void readerThatStopsReading_isCutAfterAWhile() throws Exception {
        HttpListener listener = streaming(LIMITS.withWrites(new HttpLimits.Writes(256 << 10, 64 << 10))
                .withTimeouts(LIMITS.timeouts().withSlowReader(Duration.ofMillis(200))));
        try (Logs logs = new Logs()) {
            client(listener, SMALL_BUFFER).request("GET /stream");
            HttpStream stream = stream();
            Thread writer = Thread.startVirtualThread(() -> writeAsAsked(stream));
            assertTrue(writer.join(Duration.ofSeconds(10)));
            assertEquals(1, logs.containing("slow reader").size());
        }
        assertHealthy(listener);
    }

    private static void writeAsAsked(HttpStream stream) {
        Delivery delivery = Delivery.TAKEN;
        while (delivery != Delivery.GONE) {
            delivery = stream.write(BLOCK);
            if (delivery == Delivery.FULL) {
                awaitWritable(stream);
            }
        }
    }

    private static void awaitWritable(HttpStream stream) {
        try {
            stream.awaitWritable();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void peerThatAsksAndNeverReads_isServedOnlySoFarAndCut() throws Exception {
        HttpListener listener = serve(LIMITS.withWrites(new HttpLimits.Writes(256 << 10, 64 << 10))
                .withTimeouts(LIMITS.timeouts().withSlowReader(Duration.ofMillis(200))));
        AtomicInteger served = new AtomicInteger();
        listener.mount("/large", call -> {
            served.incrementAndGet();
            call.answer(HttpAnswer.of(200, "a/b", new byte[1 << 20]));
        });
        try (Logs logs = new Logs()) {
            RawClient client = client(listener, SMALL_BUFFER);
            for (int i = 0; i < 100; i++) {
                client.request("GET /large");
            }
            spinUntil(() -> served.get() > 0 && listener.connections() == 0);
            assertEquals(0, listener.connections());
            assertEquals(1, logs.containing("slow reader").size());
        }
        assertTrue(served.get() < 20, served + " served");
        assertHealthy(listener);
    }

    @Test
    void oneAnswerLongerThanTheQueue_isNotCutWhileItIsRead() throws Exception {
        HttpListener listener = serve(LIMITS.withWrites(new HttpLimits.Writes(64 << 10, 16 << 10)));
        String body = "x".repeat(2 << 20);
        listener.mount("/large", call -> call.answer(HttpAnswer.of(200, "text/plain", bytes(body))));
        assertEquals(body, client(listener, SMALL_BUFFER).request("GET /large").read().body());
    }

    @Test
    void lastHeard_movesWithWhatThePeerSends() throws Exception {
        RawClient client = client(streaming(LIMITS)).request("GET /stream");
        HttpStream stream = stream();
        long before = stream.lastHeard();
        client.send("GET");
        spinUntil(() -> stream.lastHeard() - before > 0);
        assertTrue(stream.lastHeard() - before > 0);
    }
}
