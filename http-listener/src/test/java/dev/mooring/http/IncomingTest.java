package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies of many connections share one bound while they arrive. */
class IncomingTest extends ServedTest {
    private static final int BODY = 100_000;

    private final HttpLimits limits = LIMITS.withMaxBodyBytes(BODY).withIncomingBytes(250_000);

    /** A peer that has sent most of a long body. */
    private RawClient half(HttpListener listener) throws Exception {
        long before = listener.incomingBytes();
        RawClient client = client(listener).request("POST /echo", "Content-Length: " + BODY).send("a".repeat(90_000));
        spinUntil(() -> listener.incomingBytes() >= before + 80_000);
        return client;
    }

    @Test
    void bodyThatFindsNoRoom_isRefusedNamingTheSettingAndLoggedOnce() throws Exception {
        HttpListener listener = serve(limits);
        try (Logs logs = new Logs()) {
            List<RawClient> others = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                others.add(half(listener));
            }
            for (int i = 0; i < 3; i++) {
                RawClient client = client(listener).post("/echo", "b".repeat(BODY));
                RawClient.Reply reply = client.read();
                assertEquals(503, reply.status());
                assertEquals("1", reply.field("retry-after"));
                assertTrue(reply.body().contains("MCP_MAX_INCOMING_BYTES"), reply.body());
                assertTrue(client.isEnded());
            }
            assertEquals(1, logs.containing("MCP_MAX_INCOMING_BYTES").size());
            for (RawClient other : others) {
                assertEquals(BODY, other.send("a".repeat(10_000)).read().body().length());
            }
        }
        assertEquals(0, listener.incomingBytes());
    }

    @Test
    void smallBody_isTakenAllTheSame() throws Exception {
        HttpListener listener = serve(limits.withIncomingBytes(0));
        half(listener);
        String small = "s".repeat(8_000);
        assertEquals(small, client(listener).post("/echo", small).read().body());
    }

    @Test
    void bodyOfFullLength_alwaysFitsByItself() throws Exception {
        HttpListener listener = serve(limits.withIncomingBytes(0));
        assertEquals(BODY, client(listener).post("/echo", "b".repeat(BODY)).read().body().length());
        RawClient chunked = client(listener).request("POST /echo", "Transfer-Encoding: chunked");
        for (int i = 0; i < BODY / 10_000; i++) {
            chunked.send("2710\r\n" + "c".repeat(10_000) + "\r\n");
        }
        assertEquals(BODY, chunked.send("0\r\n\r\n").read().body().length());
    }

    @Test
    void bodyThatIsGivenUp_givesItsRoomBack() throws Exception {
        HttpListener listener = serve(limits);
        half(listener).reset();
        spinUntil(() -> listener.incomingBytes() == 0);
        RawClient client = client(listener).request("POST /echo", "Transfer-Encoding: chunked");
        assertRefused(413, client.send("1d4c0\r\n" + "c".repeat(120_000)));
        spinUntil(() -> listener.incomingBytes() == 0);
    }

    @Test
    void bodyNobodyWants_takesNoRoom() throws Exception {
        HttpListener listener = serve(limits);
        RawClient client =
                client(listener).request("POST /nowhere", "Content-Length: " + BODY).send("a".repeat(90_000));
        assertHealthy(listener);
        assertEquals(0, listener.incomingBytes());
        assertEquals(404, client.send("a".repeat(10_000)).read().status());
    }
}
