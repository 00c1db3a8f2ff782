package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.time.Time;
import dev.mooring.transport.TransportException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpListenerTest extends ServedTest {

    private static String failure(HttpListener listener) {
        return String.valueOf(assertThrows(TransportException.class, listener::start).getMessage());
    }

    @Test
    void portZero_isBoundToARealPort() {
        HttpListener listener = serve();
        InetSocketAddress address = listener.address();
        assertTrue(address.getAddress().isLoopbackAddress());
        assertNotEquals(0, address.getPort());
    }

    @Test
    void secondStart_changesNothing() throws Exception {
        HttpListener listener = serve();
        InetSocketAddress before = listener.address();
        listener.start();
        assertEquals(before, listener.address());
        assertHealthy(listener);
    }

    @Test
    void takenPort_isNamedWithItsSetting() {
        int port = serve().address().getPort();
        try (HttpListener second = new HttpListener("127.0.0.1", port, LIMITS, Time.system(), sockets)) {
            String message = failure(second);
            assertTrue(message.contains("127.0.0.1:" + port), message);
            assertTrue(message.contains("MCP_PORT"), message);
            assertThrows(IllegalStateException.class, second::address);
        }
    }

    @Test
    void startAfterAFailedOne_succeedsWhenThePortIsFree() throws Exception {
        HttpListener first = serve();
        int port = first.address().getPort();
        try (HttpListener second = new HttpListener("127.0.0.1", port, LIMITS, Time.system(), sockets)) {
            assertThrows(TransportException.class, second::start);
            first.close();
            second.start();
            assertEquals(port, second.address().getPort());
        }
    }

    @Test
    void nameThatDoesNotResolve_isNamedWithItsSetting() {
        try (HttpListener listener = new HttpListener("no-such-host.invalid", 0, LIMITS, Time.system(), sockets)) {
            String message = failure(listener);
            assertTrue(message.contains("no-such-host.invalid"), message);
            assertTrue(message.contains("MCP_HOST"), message);
        }
    }

    @Test
    void addressOfAnotherMachine_isNamedWithItsSetting() {
        try (HttpListener listener = new HttpListener("192.0.2.1", 0, LIMITS, Time.system(), sockets)) {
            String message = failure(listener);
            assertTrue(message.contains("MCP_HOST"), message);
        }
    }

    @Test
    void close_mayBeRepeatedAndEndsForGood() {
        HttpListener listener = serve();
        listener.close();
        listener.close();
        assertThrows(IllegalStateException.class, listener::start);
        assertThrows(IllegalStateException.class, listener::address);
    }

    @Test
    void closeWithoutStart_isAllowed() {
        unstarted(LIMITS).close();
    }

    @Test
    void close_endsConnectionsAndTellsPendingCalls() throws Exception {
        HttpListener listener = serve();
        CountDownLatch handled = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        listener.mount("/never", call -> {
            call.onAbort(aborted::countDown);
            handled.countDown();
        });
        RawClient client = client(listener).request("GET /never");
        assertTrue(handled.await(10, TimeUnit.SECONDS));
        listener.close();
        assertTrue(aborted.await(10, TimeUnit.SECONDS));
        assertTrue(client.isEnded());
    }

    @Test
    void close_leavesNoEventLoopThread() {
        HttpListener listener = serve();
        listener.close();
        spinUntil(() -> Thread.getAllStackTraces()
                .keySet()
                .stream()
                .noneMatch(thread -> thread.getName().startsWith("mooring-http-")));
    }

    @Test
    void routeThatClosesItsListener_doesNotWaitForItself() throws Exception {
        HttpListener listener = serve();
        listener.mount("/close", call -> listener.close());
        assertTrue(client(listener).request("GET /close").isEnded());
    }

    @Test
    void takenPath_isRefused() {
        HttpListener listener = serve();
        assertThrows(IllegalStateException.class, () -> listener.mount("/echo", call -> {}));
        assertThrows(IllegalArgumentException.class, () -> listener.mount("echo", call -> {}));
    }

    @Test
    void routeMountedAfterTheStart_isServedUntilItIsTakenAway() throws Exception {
        HttpListener listener = serve();
        RawClient client = client(listener);
        assertEquals(404, client.request("GET /late").read().status());
        listener.mount("/late", call -> call.answer(HttpAnswer.of(204)));
        assertEquals(204, client.request("GET /late").read().status());
        listener.unmount("/late");
        assertEquals(404, client.request("GET /late").read().status());
    }
}
