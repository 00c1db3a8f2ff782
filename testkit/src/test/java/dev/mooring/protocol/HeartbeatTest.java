package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.session.Log;
import dev.mooring.session.SessionIntervals;
import dev.mooring.session.SessionLimits;
import dev.mooring.session.SessionState;
import dev.mooring.session.SessionTimeouts;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer.Cause;
import dev.mooring.transport.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Streams whose clients are there, and streams whose clients only seem to be. */
@Timeout(60)
class HeartbeatTest {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LIFETIME = Duration.ofSeconds(40);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** Ten per cent more, and the wheel's second. */
    private static final Duration SURELY = Duration.ofSeconds(34);

    private final Log log = Log.of("dev.mooring.session");
    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final HttpLike http = new HttpLike();
    private final SessionLimits limits =
            SessionLimits.DEFAULT.withPerOwner(50).withTimeouts(SessionTimeouts.DEFAULT.withIdle(IDLE));
    private final McpServer server = server(limits, INTERVAL, http);

    private McpServer server(SessionLimits sessions, Duration heartbeat, HttpLike transport) {
        return McpServer.named("test", "1")
                .tool(Tool.named("echo").noArguments().text((in, call) -> "hello"))
                .tool(gate.tool())
                .time(clock)
                .sessions(sessions)
                .intervals(SessionIntervals.DEFAULT.withHeartbeat(heartbeat))
                .transport(transport)
                .start();
    }

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    private static HttpLike.Client client(HttpLike transport) throws InterruptedException {
        HttpLike.Client client = transport.client().initialize("2025-11-25");
        initialized(client);
        return client;
    }

    private static void initialized(HttpLike.Client client) throws InterruptedException {
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").answer();
    }

    private static void answerPing(HttpLike.Client client, Recorded stream) throws InterruptedException {
        Message.Request ping = assertInstanceOf(Message.Request.class, stream.sent().getLast());
        client.post("{\"jsonrpc\":\"2.0\",\"id\":" + ping.id() + ",\"result\":{}}").answer();
    }

    /** Lets that time pass, and the client be asked that often. */
    private void pass(Duration time, Recorded stream, int pings) {
        clock.advance(time);
        Await.until(() -> stream.sent().size() == pings, pings + " pings");
        settle();
    }

    /** Lets the beats that are due look around; they may find nothing to do, and nobody announces that. */
    private static void settle() {
        LockSupport.parkNanos(10_000_000);
    }

    @Test
    void silentStream_isProbedAndPingedAfterTheInterval() throws Exception {
        Recorded stream = client(http).get();
        assertEquals(1, stream.probes()); // opens it
        clock.advance(Duration.ofSeconds(26));
        settle();
        assertEquals(List.of(), stream.sent());
        pass(Duration.ofSeconds(9), stream, 1);
        assertEquals(2, stream.probes());
        Message.Request ping = assertInstanceOf(Message.Request.class, stream.sent().getFirst());
        assertEquals("ping", ping.method());
        assertNull(ping.params());
    }

    @Test
    void manyStreams_areNotAskedAtTheSameMoment() throws Exception {
        List<Recorded> streams = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            streams.add(client(http).get());
        }
        clock.advance(Duration.ofSeconds(26));
        Set<Long> counts = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofSeconds(1));
            settle();
            counts.add(streams.stream().filter(stream -> !stream.sent().isEmpty()).count());
        }
        assertTrue(counts.size() > 3 && counts.contains(40L), counts::toString);
    }

    @Test
    void pings_haveIdsOfTheirOwn() throws Exception {
        HttpLike.Client client = client(http);
        Recorded stream = client.get();
        pass(SURELY, stream, 1);
        pass(SURELY, stream, 2);
        assertEquals(2, stream.sent().stream().distinct().count());
    }

    @Test
    void clientThatAnswers_keepsStreamAndSession() throws Exception {
        HttpLike.Client client = client(http);
        Recorded stream = client.get();
        for (int i = 1; i <= 24; i++) {
            int pings = stream.sent().size();
            for (int n = 0; n < 25 && stream.sent().size() == pings; n++) {
                clock.advance(Duration.ofSeconds(2));
                settle();
            }
            assertEquals(pings + 1, stream.sent().size());
            answerPing(client, stream);
        }
        assertNull(stream.ended());
        assertEquals(1, server.sessions().size());
    }

    @Test
    void clientThatMissesTwo_losesItsStreamAndThenItsSession() throws Exception {
        Recorded stream = client(http).get();
        pass(SURELY, stream, 1);
        pass(SURELY, stream, 2);
        assertNull(stream.ended());
        clock.advance(SURELY);
        Await.until(() -> stream.ended() == End.PEER_GONE, "the stream to be closed");
        assertEquals(1, log.lines("is closed: no sign of its client").size());
        assertEquals(1, server.sessions().size());
        clock.advance(IDLE.plusSeconds(1));
        assertEquals(0, server.sessions().size());
        assertEquals(1, log.lines("is closed: no sign of its client").size());
        assertEquals(2, stream.sent().size());
    }

    @Test
    void streamThatWasReplaced_isNotWatchedAnyMore() throws Exception {
        HttpLike.Client client = client(http);
        Recorded first = client.get();
        clock.advance(Duration.ofSeconds(20));
        Recorded second = client.get();
        pass(SURELY, second, 1);
        pass(SURELY, second, 2);
        assertEquals(List.of(), first.sent());
        assertEquals(1, first.probes());
    }

    @Test
    void streamThatIsRead_isNotPingedAndKeepsItsSession() throws Exception {
        Recorded stream = client(http).get();
        stream.read(clock);
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofMinutes(1));
            settle();
        }
        assertEquals(List.of(), stream.sent());
        assertNull(stream.ended());
        assertEquals(1, server.sessions().size());
    }

    @Test
    void streamThatWasReadForLong_leavesTheSessionItsIdleTimeAfterItsEnd() throws Exception {
        HttpLike.Client client = client(http);
        Recorded stream = client.get();
        stream.read(clock);
        clock.advance(IDLE.multipliedBy(3));
        stream.abort();
        clock.advance(IDLE.minusSeconds(1));
        assertEquals(1, server.sessions().size());
        clock.advance(Duration.ofSeconds(2));
        assertEquals(0, server.sessions().size());
    }

    @Test
    void streamThatEndedButWhoseConnectionGoesOn_provesNothing() throws Exception {
        Recorded stream = client(http).get();
        stream.close(End.SLOW_READER);
        stream.read(clock); // the connection serves somebody else now
        clock.advance(IDLE.plusSeconds(1));
        assertEquals(0, server.sessions().size());
    }

    @Test
    void withoutAHeartbeat_aDeadStreamKeepsNothing() throws Exception {
        HttpLike quiet = new HttpLike();
        try (McpServer silent = server(limits, Duration.ZERO, quiet)) {
            Recorded stream = client(quiet).get();
            clock.advance(IDLE.plusSeconds(1));
            assertEquals(0, silent.sessions().size());
            Await.until(() -> stream.ended() == End.SESSION_ENDED, "the stream to end");
            assertEquals(List.of(), stream.sent());
        }
    }

    @Test
    void sessionOnItsLifetimesEnd_interruptsItsCalls() throws Exception {
        HttpLike timed = new HttpLike();
        SessionLimits brief = limits.withTimeouts(limits.timeouts().withLifetime(LIFETIME));
        try (McpServer ending = server(brief, INTERVAL, timed)) {
            HttpLike.Client client = client(timed);
            Recorded stream = client.get();
            stream.read(clock);
            client.call(1, "wait");
            gate.awaitEntered(1);
            clock.advance(LIFETIME.minusSeconds(1));
            assertFalse(gate.anyInterrupted());
            clock.advance(Duration.ofSeconds(2));
            gate.awaitInterrupted();
            Await.until(() -> stream.ended() == End.SESSION_ENDED, "the stream to end");
            assertEquals(0, ending.sessions().size());
            client.call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        }
    }

    private SessionState state() {
        return server.sessions().sessions().iterator().next().state();
    }

    @Test
    void initializedNotification_makesASessionReady() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        assertEquals(SessionState.INITIALIZING, state());
        client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").result();
        assertEquals(SessionState.INITIALIZING, state());
        initialized(client);
        assertEquals(SessionState.READY, state());
    }

    @Test
    void request_makesASessionReady() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").result();
        assertEquals(SessionState.READY, state());
    }

    @Test
    void sessionNobodyUses_endsAfterItsTimeToInitialize() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        clock.advance(Duration.ofSeconds(61));
        client.call(1, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        Await.until(() -> log.lines("reason=not initialized in time").size() == 1, "the end to be logged");
    }

    @Test
    void ownerWithAllItsSessions_isRefusedWithTheNameOfTheSetting() throws Exception {
        HttpLike few = new HttpLike();
        try (McpServer small = server(limits.withPerOwner(2), INTERVAL, few)) {
            few.client().as("ann").initialize("2025-11-25");
            HttpLike.Client second = few.client().as("ann").initialize("2025-11-25");
            String initialize = """
                    {"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-11-25"}}""";
            JsonNode data = few.client().as("ann").post(initialize).refused(Cause.CAPACITY, -31000).error().data();
            assertTrue(data != null && data.path("limit")
                    .stringValue("")
                    .equals("2 sessions of one owner (MCP_MAX_SESSIONS_PER_PRINCIPAL)"), () -> data + "");
            few.client().as("bob").initialize("2025-11-25");
            second.delete().answer();
            few.client().as("ann").initialize("2025-11-25");
            assertEquals(3, small.sessions().size());
        }
    }
}
