package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.server.McpServer;
import dev.mooring.testkit.FakeClock;
import dev.mooring.time.Time;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.TransportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final Ask ECHO = Ask.call("echo", "{'message':'hi'}");

    @Test
    void portInUse_isToldAndNothingIsLeft() throws Exception {
        try (Site site = Site.start()) {
            HttpTransport second = new HttpTransport("127.0.0.1", site.port());
            McpServer server = McpServer.named("second", "1").transport(second).build();
            TransportException told = assertThrows(TransportException.class, server::start);
            assertTrue(String.valueOf(told.getMessage()).contains("MCP_PORT"), told.getMessage());
            assertThrows(IllegalStateException.class, second::address);
            assertEquals("hi", site.ask(ECHO).text());
        }
    }

    @Test
    void closeWithoutStartAndAgain_doesNothing() throws Exception {
        HttpTransport transport = new HttpTransport("127.0.0.1", 0);
        assertEquals(DrainResult.CLEAN, transport.drain(Duration.ofSeconds(1)));
        transport.close();
        transport.close();
    }

    @Test
    void closed_isNotReachable() throws Exception {
        Site site = Site.start();
        int port = site.port();
        site.close();
        site.close();
        assertThrows(IOException.class, () -> new RawClient(port).close());
    }

    @Test
    void endpoint_isWhereClientsReachIt() throws Exception {
        HttpSettings settings = HttpSettings.DEFAULT.withPath("/deep/path");
        HttpTransport transport = new HttpTransport("127.0.0.1", 0, settings, Site.LIMITS, new FakeClock());
        try (Site site = Site.start(transport); RawClient client = site.connect()) {
            assertEquals("http://127.0.0.1:" + site.port() + "/deep/path", transport.endpoint().toString());
            assertEquals(404, client.ask(ECHO).status());
            String asked = new String(ECHO.bytes(), StandardCharsets.UTF_8);
            assertEquals("hi", client.send(asked.replace("/mcp", "/deep/path")).read().text());
        }
    }

    @Test
    void twoTransports_serveOneServer() throws Exception {
        HttpTransport second = new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, Site.LIMITS, Time.system());
        try (Site site = Site.start(server -> server.transport(second));
                RawClient client = new RawClient(second.address().getPort())) {
            String id = site.session();
            assertEquals("hi", client.ask(Ask.legacyCall(id, 1, "echo", "{'message':'hi'}")).text());
            assertEquals(200, client.ask(Ask.delete(id)).status());
            assertEquals(404, site.ask(Ask.delete(id)).status());
        }
    }
}
