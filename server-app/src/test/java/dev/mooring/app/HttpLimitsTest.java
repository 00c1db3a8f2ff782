package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.config.ServerSettings;
import dev.mooring.config.Settings;
import dev.mooring.config.Sources;
import dev.mooring.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the settings make of the listener's limits. */
class HttpLimitsTest {

    private static HttpLimits limits(String name, String value) {
        return Serving.httpLimits(Settings.read(ServerSettings.ALL, Sources.environment(Map.of(name, value))));
    }

    @Test
    void peerThatAcknowledgesNothing_isGivenUpAfterTwoHeartbeats() {
        assertEquals(Duration.ofSeconds(14), limits("MCP_HEARTBEAT_INTERVAL_MS", "7s").timeouts().peer());
    }

    @Test
    void withoutHeartbeat_theListenersOwnPatienceHolds() {
        assertEquals(HttpLimits.DEFAULT, limits("MCP_HEARTBEAT_INTERVAL_MS", "0"));
    }

    @Test
    void boundsOfWhatComesIn_areSettings() {
        assertEquals(3, limits("MCP_MAX_CONNECTIONS", "3").maxConnections());
        assertEquals(5 << 20, limits("MCP_MAX_INCOMING_BYTES", "5MiB").incomingBytes());
        assertEquals(8 << 10, limits("MCP_MAX_HEADER_BYTES", "8KiB").request().headerBytes());
    }
}
