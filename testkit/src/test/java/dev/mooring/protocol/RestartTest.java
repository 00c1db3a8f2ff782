package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.lease.EndReason;
import dev.mooring.model.LogLevel;
import dev.mooring.server.McpServer;
import dev.mooring.session.Session;
import dev.mooring.session.SessionEvent;
import dev.mooring.session.SessionLimits;
import dev.mooring.session.SessionState;
import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.MemoryStore;
import dev.mooring.testkit.Together;
import dev.mooring.transport.Answer.Cause;
import dev.mooring.transport.Answer.Outcome;
import dev.mooring.transport.SessionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers one after the other on one store: clients go on as if nothing had happened. */
@Timeout(60)
class RestartTest {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final FakeClock clock = new FakeClock();
    private final List<McpServer> servers = new ArrayList<>();
    private MemoryStore store = new MemoryStore();
    private HttpLike http = new HttpLike();

    @AfterEach
    void close() {
        servers.forEach(McpServer::close);
    }

    private McpServer start() {
        return start(options -> options);
    }

    private McpServer start(UnaryOperator<McpServer.Builder> options) {
        http = new HttpLike();
        McpServer server = options.apply(McpServer.named("test", "1")
                .tool(Tool.named("echo").noArguments().text((in, call) -> "hello"))
                .tool(Tool.named("who")
                        .noArguments()
                        .text((in, call) -> call.client().info().orElseThrow().name() + " "
                                + call.client().can("sampling") + " " + call.session().orElseThrow().label()))
                .tool(Tool.named("warn").noArguments().text((in, call) -> {
                    call.log(LogLevel.WARNING, "", "look");
                    return "done";
                }))
                .time(clock)
                .sessions(SessionLimits.DEFAULT.withIdle(IDLE))
                .store(store, WAIT)
                .transport(http)).start();
        servers.add(server);
        return server;
    }

    /** The client that has that session, at whatever server runs now. */
    private HttpLike.Client again(HttpLike.Client client) {
        return http.client().in(client.session());
    }

    private HttpLike.Client inUse() throws InterruptedException {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        assertEquals("hello", client.call(1, "echo").text());
        return client;
    }

    private void awaitKept(int sessions) {
        Await.until(() -> store.kept().values().stream().filter(kept -> kept.ready()).count() == sessions,
                sessions + " sessions in use to be kept");
    }

    private McpServer restart() {
        servers.removeLast().close();
        return start();
    }

    @Test
    void serverThatWasStopped_goesOnWithItsSessions() throws Exception {
        start();
        HttpLike.Client client = inUse();
        McpServer next = restart();

        assertEquals("hello", again(client).call(2, "echo").text());
        assertEquals(1, next.sessions().statistics().restored());
        assertEquals(0, next.sessions().statistics().created());
    }

    @Test
    void serverThatWasKilled_losesNoSessionThatWasInUse() throws Exception {
        start();
        HttpLike.Client client = inUse();
        awaitKept(1);
        store = store.afterKill();
        start();

        assertEquals("hello", again(client).call(2, "echo").text());
    }

    @Test
    void restoredSession_isWhatItWas() throws Exception {
        McpServer before = start();
        HttpLike.Client client = http.client();
        client = client.in(client.post("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",
                "capabilities":{"sampling":{}},"clientInfo":{"name":"ide","version":"3"}}}""").opened());
        String told = client.call(1, "who").text();
        client.post("""
                {"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"error"}}""").result();
        Session session = before.sessions().sessions().iterator().next();
        session.metadata("team", "blue");
        clock.advance(Duration.ofMinutes(1));
        McpServer next = restart();

        assertEquals(told, again(client).call(3, "who").text());
        Session restored = next.sessions().get(session.label()).orElseThrow();
        assertEquals("blue", restored.metadata("team").orElseThrow());
        assertEquals("2025-06-18", restored.client().revision());
        assertEquals(session.created(), restored.created());
        assertEquals(Duration.ofMinutes(1), restored.age());
        assertEquals(SessionState.READY, restored.state());
        Recorded warned = again(client).call(4, "warn");
        assertEquals("done", warned.text());
        assertEquals(List.of(), warned.sent());
    }

    @Test
    void streamOfTheSession_comesBack() throws Exception {
        start();
        HttpLike.Client client = inUse();
        restart();
        Recorded stream = again(client).get();
        Await.until(() -> stream.probes() > 0, "the stream to open");
        assertNull(stream.ended());
    }

    @Test
    void requestWhoseStreamIsLost_isToldSo() throws Exception {
        start();
        HttpLike.Client client = http.client().withEventIds().initialize("2025-11-25");
        String seen = client.call(7, "warn").events(3).getFirst().id();
        restart();
        Recorded resumed = http.client().withEventIds().in(client.session()).resume(seen);

        resumed.awaitEnd();
        assertTrue(resumed.sent().toString().contains("stream cannot be resumed"), resumed.sent()::toString);
    }

    @Test
    void deletedSession_staysDeleted() throws Exception {
        start();
        HttpLike.Client client = inUse();
        awaitKept(1);
        client.delete();
        restart();

        again(client).call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        assertEquals(0, store.kept().size());
    }

    @Test
    void deletingAKeptSession_endsIt() throws Exception {
        start();
        HttpLike.Client client = inUse();
        McpServer next = restart();

        assertEquals(Outcome.Ended.ENDED, again(client).delete().answer().outcome());
        again(client).call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        assertEquals(1, next.sessions().statistics().closedByReason().get(EndReason.CLIENT_REQUEST));
    }

    @Test
    void someoneElsesSession_isUnknownAndStaysKept() throws Exception {
        start();
        HttpLike.Client ann = http.client().as("ann").initialize("2025-11-25");
        assertEquals("hello", ann.call(1, "echo").text());
        McpServer next = restart();

        http.client().as("bob").in(ann.session()).call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        http.client().in(ann.session()).call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        assertEquals(0, next.sessions().size());
        assertEquals("hello", http.client().as("ann").in(ann.session()).call(2, "echo").text());
        assertEquals(1, next.sessions().statistics().authenticated());
    }

    @Test
    void sessionThatWasIdleTooLong_isGoneWhoeverRan() throws Exception {
        start();
        HttpLike.Client early = inUse();
        servers.removeLast().close();
        clock.advance(IDLE.plus(Duration.ofMinutes(6))); // and what the stored time may be late by
        start();

        again(early).call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        Await.until(() -> store.kept().isEmpty(), "the store to forget it");
    }

    @Test
    void sessionsNobodyComesBackFor_areForgotten() throws Exception {
        start();
        inUse();
        restart();
        assertEquals(1, store.kept().size());
        clock.advance(Duration.ofHours(1));

        Await.until(() -> store.kept().isEmpty(), "the store to forget it");
    }

    @Test
    void lifetime_countsFromTheFirstOpening() throws Exception {
        UnaryOperator<McpServer.Builder> hourly = options -> options.sessions(SessionLimits.DEFAULT.withTimeouts(
                SessionLimits.DEFAULT.timeouts().withLifetime(Duration.ofHours(1)).withIdle(Duration.ZERO)));
        start(hourly);
        HttpLike.Client client = inUse();
        clock.advance(Duration.ofMinutes(40));
        servers.removeLast().close();
        McpServer next = start(hourly);
        assertEquals("hello", again(client).call(2, "echo").text());
        clock.advance(Duration.ofMinutes(21));

        assertEquals(1, next.sessions().statistics().closedByReason().get(EndReason.LIFETIME));
    }

    @Test
    void manyRequestsOfOneSession_restoreItOnce() throws Exception {
        start();
        HttpLike.Client client = inUse();
        McpServer next = restart();
        LinkedBlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
        next.sessions().listen(heard::add);
        Callable<String> call = () -> again(client).call(2, "echo").text();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals(Collections.nCopies(20, "hello"), Together.run(threads, Collections.nCopies(20, call)));
        }
        assertEquals(1, next.sessions().statistics().restored());
        assertEquals(1, next.sessions().size());
        assertInstanceOf(SessionEvent.Restored.class, heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void restoredSessions_countForTheLimits() throws Exception {
        start();
        HttpLike.Client first = inUse();
        HttpLike.Client second = inUse();
        servers.removeLast().close();
        start(options -> options.sessions(SessionLimits.DEFAULT.withSessions(1)));
        assertEquals("hello", again(first).call(2, "echo").text());

        again(second).call(2, "echo").refused(Cause.CAPACITY, -31000);
        again(first).delete();
        assertEquals("hello", again(second).call(3, "echo").text());
    }

    @Test
    void storeThatCannotBeRead_isNoReasonToStartAnew() throws Exception {
        start();
        HttpLike.Client client = inUse();
        restart();
        HttpLike.Client local = inUse();
        store.failing(true);

        again(client).call(2, "echo").refused(Cause.CAPACITY, -31000);
        again(client).get().refused(Cause.CAPACITY, -31000);
        assertEquals("hello", local.call(2, "echo").text());
        HttpLike.Client meanwhile = inUse();
        store.failing(false);
        assertEquals("hello", again(client).call(3, "echo").text());
        restart();
        assertEquals("hello", again(meanwhile).call(2, "echo").text());
    }

    @Test
    void sessionThatCannotBeRead_isForgottenAndItsClientBeginsAnew() throws Exception {
        start();
        HttpLike.Client client = inUse();
        servers.removeLast().close();
        StoredSession kept = store.kept().values().iterator().next();
        store.open();
        store.write(List.of(new StoredSession(kept.key(), kept.number(), kept.owner(), kept.transport(), kept.address(),
                kept.created(), kept.lastActive(), kept.ready(), kept.authenticated(), kept.client(), kept.metadata(),
                "no JSON")), List.of());
        store.close();
        start();

        again(client).call(2, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
        Await.until(() -> store.kept().isEmpty(), "the store to forget it");
    }

    @Test
    void forgedId_neverReachesTheStore() throws Exception {
        start();
        store.failing(true);

        http.client().in(new SessionKey("A".repeat(38))).call(1, "echo").refused(Cause.SESSION_UNKNOWN, -32600);
    }

    @Test
    void storeOfAnotherProcess_isWaitedFor() throws Exception {
        start();
        HttpLike.Client client = inUse();
        servers.removeLast().close();
        store.held(true);
        McpServer next = start();

        assertFalse(next.ready());
        again(client).call(2, "echo").refused(Cause.CAPACITY, -31000);
        assertTrue(http.client()
                .post("""
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                        "capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""")
                .refused(Cause.CAPACITY, -31000)
                .error()
                .message()
                .contains("MCP_SESSION_STORE"));
        store.held(false);
        clock.advance(Duration.ofSeconds(1));
        Await.until(next::ready, "the store to be open");
        assertEquals("hello", again(client).call(3, "echo").text());
    }

    @Test
    void storeThatStaysHeld_endsTheServer() {
        store.held(true);
        McpServer next = start();
        AtomicBoolean closed = new AtomicBoolean();
        Thread.ofVirtual().start(() -> {
            assertThrows(StoreException.class, next::await);
            closed.set(true);
        });
        Await.until(() -> {
            clock.advance(WAIT);
            return closed.get();
        }, "the server to give up");

        assertTrue(assertThrows(StoreException.class, next::await).toString().contains("MCP_STORE_WAIT_MS"));
    }

    @Test
    void storeThatCannotBeUsed_stopsTheStart() {
        store.failing(true);

        assertThrows(StoreException.class, this::start);
    }

    @Test
    void initializedButUnusedSession_isRestoredWithItsTimeToBegin() throws Exception {
        start();
        HttpLike.Client client = http.client().initialize("2025-11-25");
        McpServer next = restart();
        again(client).post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").result();
        clock.advance(Duration.ofMinutes(2));

        assertEquals(1, next.sessions().statistics().closedByReason().get(EndReason.NOT_INITIALIZED));
    }
}
