package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Tool;
import dev.mooring.json.JsonLimits;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import dev.mooring.lease.LeaseKind;
import dev.mooring.rpc.Codec;
import dev.mooring.server.McpServer;
import dev.mooring.session.Session;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.Together;
import dev.mooring.transport.Answer;
import dev.mooring.transport.End;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Link;
import dev.mooring.transport.Peer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A shared channel by itself: a connection until it is initialized; then its session ends with it, and it with its session.
 * Its calls of both eras share their ids.
 */
class ChannelTest {
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}""";
    private static final String LEGACY_CALL = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait"}}""";
    private static final String MODERN_CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"wait\"," + META + "}}";
    private static final String CANCEL = """
            {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""";

    private final FakeClock clock = new FakeClock();
    private final Codec codec = new Codec(JsonLimits.DEFAULT);
    private final Peer peer = new Peer("test", "here", Principal.LOCAL);
    private final Gate gate = new Gate();
    private final AtomicReference<Thread> worker = new AtomicReference<>();
    private final HttpLike http = new HttpLike();
    private final McpServer server =
            McpServer.named("test", "1").tool(gate.tool()).tool(Tool.named("where").noArguments().text((in, call) -> {
                worker.set(Thread.currentThread());
                return call.session().map(session -> "session").orElse("none");
            })).time(clock).transport(http).start();
    private final Recorded channel = new Recorded(true);
    private final Link link = http.engine().open(peer, channel);
    private final Lease connection = server.connections().leases().iterator().next();

    @AfterEach
    void close() {
        server.close();
    }

    private Recorded send(String message) {
        return send(message, link);
    }

    private Recorded send(String message, Link on) {
        Recorded reply = new Recorded(true);
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        http.engine().receive(new Inbound(codec.decode(bytes), Envelope.NONE, peer, null, on), reply);
        return reply;
    }

    @Test
    void callThatComesAfterTheEnd_isNotAnswered() throws Exception {
        send(INITIALIZE).result();
        link.closed(End.PEER_GONE);

        assertEquals(Answer.silent(), send(MODERN_CALL).answer());
    }

    @Test
    void initializeThatComesAfterTheEnd_leavesNoSession() throws Exception {
        link.closed(End.PEER_GONE);
        send(INITIALIZE).answer();

        assertEquals(0, server.sessions().size());
    }

    @Test
    void sessionThatIsEnded_endsItsChannel() throws Exception {
        send(INITIALIZE).result();
        Session session = server.sessions().sessions().iterator().next();
        assertNull(channel.ended());
        server.sessions().close(session, EndReason.MANUAL);

        Await.until(() -> channel.ended() == End.SESSION_ENDED, "the channel to end");
    }

    @Test
    void idsOfBothEras_areOneScope() throws Exception {
        send(INITIALIZE).result();
        Recorded legacy = send(LEGACY_CALL);
        gate.awaitEntered(1);
        send(MODERN_CALL).failed(-32600);
        gate.release(1);

        assertEquals("released", legacy.text());
    }

    @Test
    void modernCallWithoutHandshake_isCancelledByItsId() throws Exception {
        Recorded call = send(MODERN_CALL);
        gate.awaitEntered(1);
        send(CANCEL).answer();

        assertEquals(Answer.silent(), call.answer());
        gate.awaitInterrupted();
    }

    @Test
    void modernCallAfterHandshake_hasNoSessionAndLegacyHas() throws Exception {
        send(INITIALIZE).result();

        assertEquals("session", send(LEGACY_CALL.replace("wait", "where")).text());
        assertEquals("none", send(MODERN_CALL.replace("wait", "where")).text());
        assertTrue(worker.get().isVirtual());
    }

    @Test
    void callThatEndsWithItsChannel_givesTheSessionBack() throws Exception {
        send(INITIALIZE).result();
        Session session = server.sessions().sessions().iterator().next();
        Recorded call = send(LEGACY_CALL);
        gate.awaitEntered(1);
        assertEquals(1, session.references());
        link.closed(End.PEER_GONE);
        link.closed(End.SHUTDOWN);

        assertEquals(Answer.silent(), call.answer());
        gate.awaitInterrupted();
        Await.until(() -> session.references() == 0, "the session to be given back");
        assertEquals(EndReason.TRANSPORT_CLOSED, session.endReason());
    }

    @Test
    void channel_isAConnectionOfItsOwner() throws Exception {
        assertEquals(Map.of(LeaseKind.CONNECTION, 1L), server.leases());
        assertTrue(connection.label().matches("connection-1-\\d+"), connection.label());
        assertTrue(connection.owner().sameOwner(peer.principal()));
        send(MODERN_CALL.replace("wait", "where")).text();
        assertEquals(Map.of(LeaseKind.CONNECTION, 1L), server.leases());

        link.closed(End.PEER_GONE);
        link.closed(End.SHUTDOWN);
        assertEquals(EndReason.TRANSPORT_CLOSED, connection.endReason());
        assertEquals(Map.of(), server.leases());
        assertEquals(List.of(), server.connections().leases());
    }

    @Test
    void channelThatIsInitialized_isASessionAndNoConnection() throws Exception {
        send(INITIALIZE).result();

        assertEquals(EndReason.BECAME_SESSION, connection.endReason());
        assertEquals(Map.of(LeaseKind.SESSION, 1L), server.leases());
        assertNull(channel.ended());
        link.closed(End.PEER_GONE);
        assertEquals(Map.of(), server.leases());
    }

    @Test
    void channelThatIsSilent_neverExpires() throws Exception {
        clock.advance(Duration.ofDays(30));

        assertFalse(connection.ended());
        assertEquals("none", send(MODERN_CALL.replace("wait", "where")).text());
        send(INITIALIZE).result();
    }

    @Test
    void connectionThatHeardFromItsClient_isNotInactive() {
        clock.advance(Duration.ofMinutes(5));
        assertEquals(Duration.ofMinutes(5), connection.inactive());
        channel.read(clock);

        assertEquals(Duration.ZERO, connection.inactive());
    }

    @Test
    void connectionsOfAPrincipal_endWithTheirChannelsAndCalls() throws Exception {
        Recorded call = send(MODERN_CALL);
        gate.awaitEntered(1);
        Recorded other = new Recorded(true);
        http.engine().open(new Peer("test", "here", new Principal("test", "other", Set.of())), other);
        assertEquals(1, server.connections().closeAll(peer.principal(), EndReason.MANUAL));
        assertEquals(0, server.connections().closeAll(peer.principal(), EndReason.MANUAL));

        assertEquals(End.SESSION_ENDED, channel.awaitEnd());
        assertEquals(Answer.silent(), call.answer());
        gate.awaitInterrupted();
        assertNull(other.ended());
        assertEquals(Map.of(LeaseKind.CONNECTION, 1L), server.leases());
    }

    @Test
    void initializeThatRacesWithTheEnd_leavesNothing() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 1_000; i++) {
                Link racing = http.engine().open(peer, new Recorded(true));
                Together.<Object>run(threads, List.of(() -> {
                    racing.closed(End.PEER_GONE);
                    return "closed";
                }, () -> send(INITIALIZE, racing).answer()));
            }
        }
        assertEquals(Map.of(LeaseKind.CONNECTION, 1L), server.leases());
        assertEquals(0, server.sessions().size());
    }
}
