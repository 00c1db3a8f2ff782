package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.server.McpServer;
import dev.mooring.session.SessionLimits;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions in bytes, with all that the protocol, the indexes and the wheel keep of them. */
@Timeout(120)
class SessionHeapTest {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
            "capabilities":{"roots":{"listChanged":true},"sampling":{},"elicitation":{"form":{},"url":{}}},
            "clientInfo":{"name":"editor","title":"An editor","version":"1.104.0"}}}""";
    private static final String INITIALIZED = """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final FakeClock clock = new FakeClock();
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("n", "1")
            .tool(Tool.named("echo").noArguments().text((in, call) -> ""))
            .sessions(SessionLimits.DEFAULT.withSessions(20_000).withPerOwner(20_000))
            .time(clock)
            .transport(http)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpLike.Client open() throws InterruptedException {
        HttpLike.Client client = http.client();
        HttpLike.Client opened = client.in(client.post(INITIALIZE).opened());
        opened.post(INITIALIZED);
        return opened;
    }

    /** As many as there may be, which then expire. */
    private void comeAndGo() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            open();
        }
        clock.advance(Duration.ofMinutes(31));
        Await.until(() -> server.sessions().statistics().byState().isEmpty(), "all ends to be told");
    }

    /** The bytes that are in use when nothing more can be collected. */
    private long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void sessionsThatExpired_leaveTheHeapAsItWas() throws InterruptedException {
        comeAndGo(); // what is made once, however many sessions there are
        long before = used();
        for (int i = 0; i < 10; i++) {
            comeAndGo();
        }
        long after = used();
        assertTrue(after <= before * 1.1, () -> before + " bytes before 200 000 sessions, " + after + " after");
    }

    @Test
    void idleSession_takesLessThanAKilobyte() throws InterruptedException {
        comeAndGo();
        long before = used();
        for (int i = 0; i < 20_000; i++) {
            open().call(1, "echo").result();
        }
        long each = (used() - before) / 20_000;
        assertTrue(each < 1_024, () -> each + " bytes");
    }
}
