package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Sessions that came and went leave nothing behind: not in the protocol, the indexes or the wheel. */
@Timeout(120)
class SessionLeakTest {
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
            .sessions(SessionLimits.DEFAULT.withSessions(20_000).withPerOwner(20_000))
            .time(clock)
            .transport(http)
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private void open() throws InterruptedException {
        HttpLike.Client client = http.client();
        client.in(client.post(INITIALIZE).opened()).post(INITIALIZED);
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
}
