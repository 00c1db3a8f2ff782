package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: started, called, told to stop. */
class ServingTest {
    private static final Duration KEPT_AFTER = Duration.ofSeconds(1);

    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void endClient() {
        client.shutdownNow(); // close would wait for answers that never come
    }

    @Test
    void freshStart_servesTheSampleTools() throws Exception {
        try (ServerProcess server = ServerProcess.start(home, Map.of())) {
            String answer = server.call(client, "echo", "{\"message\":\"hello\"}");
            assertTrue(answer.contains("\"text\":\"hello\""), answer);
        }
    }

    @Test
    void startLine_statesTheSettingsInEffect() throws Exception {
        Files.writeString(home.resolve(".env"), "MCP_SESSION_TIMEOUT_MS=5m\nMCP_PATH=/tools\n");
        try (ServerProcess server = ServerProcess.start(home, Map.of("MCP_MAX_SESSIONS", "7"))) {
            assertEquals("/tools", server.endpoint().getPath());
            assertTrue(server.log()
                    .contains(
                            "sessionTimeoutMinutes: 5.0, cleanupIntervalMinutes: 5.0, statusReportIntervalMinutes: 1.0, maxSessions: 7,"),
                    server.log());
        }
    }

    @Test
    void termination_withACallInProgress_answersItAndExitsWithZero() throws Exception {
        try (ServerProcess server = ServerProcess.start(home, Map.of())) {
            Iterator<String> answer = server.startCall(client, "slow", "{\"seconds\":1.5,\"steps\":15}");
            server.terminate();
            StringBuilder rest = new StringBuilder();
            answer.forEachRemaining(rest::append);
            assertTrue(rest.toString().contains("done in 15 steps"), rest.toString());
            assertEquals(0, server.exitCode(), server.log());
        }
    }

    @Test
    void termination_withACallThatOutlastsTheGrace_exitsWithZeroAllTheSame() throws Exception {
        Map<String, String> settings = Map.of("MCP_SHUTDOWN_GRACE_MS", "200");
        try (ServerProcess server = ServerProcess.start(home, settings)) {
            server.startCall(client, "slow", "{\"seconds\":60,\"steps\":600}");
            server.terminate();
            assertEquals(0, server.exitCode(), server.log());
            assertTrue(server.log().contains("Drained: 1 unanswered"), server.log());
        }
    }

    @Test
    void secondSignal_endsAtOnce() throws Exception {
        try (ServerProcess server = ServerProcess.start(home, Map.of())) {
            server.startCall(client, "slow", "{\"seconds\":60,\"steps\":600}");
            server.terminate();
            server.awaitLog("Draining");
            server.terminate();
            assertEquals(1, server.exitCode(), server.log());
        }
    }

    @Test
    void wrongSettings_areAllNamedAndNothingStarts() throws Exception {
        Map<String, String> settings = Map.of("MCP_PORT", "lots", "MCP_MAX_SESSIONS", "-1");
        try (ServerProcess server = ServerProcess.start(home, settings)) {
            assertEquals(64, server.exitCode());
            assertTrue(server.log().contains("MCP_PORT") && server.log().contains("MCP_MAX_SESSIONS"), server.log());
        }
    }

    @Test
    void takenPort_isNamedWithTheSettingThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server =
                        ServerProcess.start(home, Map.of("MCP_PORT", Integer.toString(taken.getLocalPort())))) {
            assertEquals(69, server.exitCode());
            assertTrue(server.log().contains("MCP_PORT"), server.log());
        }
    }

    @Test
    void killedServer_startedAgainOnItsStore_goesOnWithItsSessions() throws Exception {
        Map<String, String> settings = Map.of("MCP_SESSION_STORE", "file:sessions.db");
        String session;
        try (ServerProcess server = ServerProcess.start(home, settings)) {
            session = server.initialize(client);
            assertEquals(200, server.list(client, session));
            Thread.sleep(KEPT_AFTER); // what a kill may cost, by promise
            server.kill();
        }
        try (ServerProcess server = ServerProcess.start(home, settings)) {
            assertEquals(200, server.list(client, session));
        }
    }

    @Test
    void storeOfAnotherProcess_isWaitedForThenNamed() throws Exception {
        Map<String, String> settings =
                Map.of("MCP_SESSION_STORE", "file:sessions.db", "MCP_STORE_WAIT_MS", "2s", "MCP_HOST", "127.0.0.1");
        try (ServerProcess first = ServerProcess.start(home, settings)) {
            String session = first.initialize(client);
            assertEquals(200, first.get(client, "/health/ready"));
            try (ServerProcess second = ServerProcess.start(home, settings)) {
                assertEquals(503, second.list(client, session));
                assertEquals(503, second.get(client, "/health/ready"));
                assertEquals(200, second.get(client, "/health/live"));
                assertEquals(69, second.exitCode());
                assertTrue(second.log().contains("MCP_STORE_WAIT_MS"), second.log());
            }
            assertEquals(200, first.list(client, session));
        }
    }
}
