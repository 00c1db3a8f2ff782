package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.http.HttpLimits;
import dev.mooring.json.JsonLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer sends is answered or its connection closed, in bounded time, and the next client of either era is served.
 * In the end nothing is left of any of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Ask MODERN = Ask.call("echo", "{'message':'modern'}");

    private final Log mooring = Log.of("dev.mooring");
    private final Log netty = Log.of("io.netty");
    private final Site site = Site.start(HttpSettings.DEFAULT.withLimits(JsonLimits.DEFAULT.withBytes(256 << 10)),
            Site.LIMITS.withTimeouts(HttpLimits.Timeouts.DEFAULT.withHeader(SHORT)
                    .withBody(SHORT)
                    .withIdle(Duration.ofSeconds(1))
                    .withSlowReader(SHORT)));
    private String session = "";

    static Stream<Hostile> inputs() {
        return Stream.of(HostileFraming.all(), HostileFields.all(), HostileMessages.all(), HostileConnections.all())
                .flatMap(inputs -> inputs);
    }

    @BeforeAll
    void open() throws IOException {
        session = site.session();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void hostileInput_isMetAndHarmsNobody(Hostile hostile) throws Exception {
        long start = System.nanoTime();
        String met = hostile.attack(site);
        long took = System.nanoTime() - start;

        assertEquals("modern", site.ask(MODERN).text());
        assertEquals("legacy", site.ask(Ask.legacyCall(session, 1, "echo", "{'message':'legacy'}")).text());
        assertTrue(met.matches(hostile.expected()), () -> met + " (expected: " + hostile.expected() + ")");
        assertTrue(took < BOUND.toNanos(), () -> "it took " + Duration.ofNanos(took));
    }

    @AfterAll
    void nothingIsLeft() throws Exception {
        Eventually.equal(0, site.hold::running);
        Eventually.equal(0, site.transport::connections);
        assertEquals(1, site.server.sessions().size());
        assertEquals(0, site.server.sessions().sessions().iterator().next().references());
        for (int i = 0; i < 20; i++) { // a buffer that is lost is reported when others are allocated
            System.gc();
            site.ask(MODERN);
        }
        site.close();
        netty.close();
        mooring.close();
        assertEquals("", netty.warnings());
        assertEquals("", mooring.warnings());
    }
}
