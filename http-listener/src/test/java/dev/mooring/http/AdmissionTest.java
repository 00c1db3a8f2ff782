package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest extends ServedTest {

    @Test
    void connectionsOverTheLimit_areToldToComeBackAndLoggedOnce() throws Exception {
        HttpListener listener = serve(LIMITS.withMaxConnections(2));
        try (Logs logs = new Logs()) {
            List<RawClient> admitted = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RawClient client = client(listener).post("/echo", "in");
                assertEquals("in", client.read().body());
                admitted.add(client);
            }
            for (int i = 1; i <= 3; i++) {
                RawClient refused = client(listener).request("GET /echo");
                RawClient.Reply reply = refused.read();
                assertEquals(503, reply.status());
                assertEquals("1", reply.field("retry-after"));
                assertTrue(reply.body().contains("MCP_MAX_CONNECTIONS"), reply.body());
                assertTrue(refused.isEnded());
                assertEquals(i, listener.turnedAway());
            }
            assertEquals(2, listener.connections());
            assertEquals(1, logs.containing("MCP_MAX_CONNECTIONS").size());
            assertEquals("still", admitted.getFirst().post("/echo", "still").read().body());
        }
    }

    @Test
    void connectionThatEnds_makesRoomForAnother() throws Exception {
        HttpListener listener = serve(LIMITS.withMaxConnections(1));
        try (Logs logs = new Logs()) {
            RawClient first = client(listener).post("/echo", "in");
            assertEquals("in", first.read().body());
            first.close();
            spinUntil(() -> listener.connections() == 0);
            assertHealthy(listener);
            assertEquals(List.of(), logs.containing("MCP_MAX_CONNECTIONS"));
        }
    }
}
