package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.lease.EndReason;
import dev.mooring.model.LogLevel;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.session.Session;
import dev.mooring.session.SessionLimits;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer.Cause;
import dev.mooring.transport.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Legacy streams whose connections break: what is kept, for whom, how long, and how they go on. */
class ResumptionTest {
    private static final String NEWEST = "2025-11-25";
    private static final EventLimits LIMITS = EventLimits.DEFAULT;

    private final FakeClock clock = new FakeClock();
    private final Told told = new Told();
    private HttpLike http = new HttpLike();
    private McpServer server = start(LIMITS);

    private McpServer start(EventLimits limits) {
        return McpServer.named("test", "1")
                .tool(Tool.named("echo").noArguments().text((in, call) -> "hello"))
                .tool(told.tool())
                .tool(Tool.named("count").schema("{\"type\":\"object\"}").text((in, call) -> {
                    for (int i = 0; i < 10; i++) {
                        call.log(LogLevel.INFO, "", call.meta().path("name").asString() + "/" + i);
                    }
                    return call.meta().path("name").asString() + "/end";
                }))
                .time(clock)
                .sessions(SessionLimits.DEFAULT.withIdle(Duration.ofHours(1)))
                .events(limits)
                .transport(http)
                .start();
    }

    private void restart(EventLimits limits) {
        server.close();
        http = new HttpLike();
        server = start(limits);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpLike.Client client() throws InterruptedException {
        return http.client().withEventIds().initialize(NEWEST);
    }

    private Session session() {
        return server.sessions().sessions().iterator().next();
    }

    private long kept() {
        return ((Dispatcher) http.engine()).keptBytes();
    }

    /** What a message says: the words of a log message or of a result, or the code of an error; empty if it says nothing. */
    private static String words(Recorded.Event event) {
        if (event.line().isEmpty()) {
            return "";
        }
        JsonNode message = Json.mapper().readTree(event.line());
        JsonNode result = message.path("result").path("content").path(0).path("text");
        return result.asString(message.path("params").path("data").asString(""));
    }

    private static List<String> words(List<Recorded.Event> events) {
        return events.stream().map(ResumptionTest::words).toList();
    }

    private static String lastId(Recorded reply) {
        return reply.events().getLast().id();
    }

    /** The errors a client is told in place of responses that are lost. */
    private static void assertLost(Recorded reply, String id) throws InterruptedException {
        assertEquals(End.DONE, reply.awaitEnd());
        assertEquals(1, reply.sent().size());
        Message.Failure failure = (Message.Failure) reply.sent().getFirst();
        assertEquals(-32603, failure.error().code());
        assertTrue(failure.error().message().contains("stream cannot be resumed"), failure::toString);
        assertEquals(id, String.valueOf(failure.id()));
    }

    /** A call that has logged one word, and whose connection has broken since. */
    private Recorded broken(HttpLike.Client client) throws InterruptedException {
        Recorded reply = client.call(1, "told");
        int done = told.done();
        told.log("first");
        Await.until(() -> told.done() > done, "the first word");
        reply.abort();
        return reply;
    }

    @Test
    void streamOf20251125_beginsWithAnEventThatOnlyTellsItsId() throws Exception {
        Recorded reply = client().call(1, "told");
        told.log("a", "b").answer("end");

        List<Recorded.Event> events = reply.events(4);
        assertEquals(List.of("", "a", "b", "end"), words(events));
        assertEquals(4, events.stream().map(Recorded.Event::id).distinct().count());
        assertEquals(End.DONE, reply.awaitEnd());
        assertFalse(reply.isAnswered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18"})
    void olderStreams_haveIdsAndNoSuchBeginning(String revision) throws Exception {
        HttpLike.Client client = http.client().withEventIds().initialize(revision);
        Recorded reply = client.call(1, "told");
        told.log("a").answer("end");

        assertEquals(List.of("a", "end"), words(reply.events(2)));
        assertEquals(List.of(), client.get().events());
    }

    @Test
    void oldestRevision_hasNoIds() throws Exception {
        HttpLike.Client client = http.client().withEventIds().initialize("2024-11-05");
        Recorded reply = client.call(1, "told");
        told.log("a").pause(Duration.ofSeconds(1)).answer("end");

        assertEquals("end", reply.text());
        assertEquals(1, reply.sent().size());
        assertEquals(List.of(), reply.events());
        assertEquals(List.of(), client.get().events());
    }

    @Test
    void modernStream_hasNoIdsAndNoPause() throws Exception {
        Recorded reply = http.client()
                .withEventIds()
                .with("MCP-Protocol-Version", "2026-07-28")
                .with("Mcp-Method", "tools/call")
                .with("Mcp-Name", "told")
                .post("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"told","_meta":{
                        "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                        "io.modelcontextprotocol/logLevel":"info",
                        "io.modelcontextprotocol/clientCapabilities":{}}}}""");
        told.log("a").pause(Duration.ofSeconds(1)).answer("end");

        assertEquals("end", reply.text());
        assertEquals(1, reply.sent().size());
        assertEquals(List.of(), reply.events());
        assertNull(reply.retry());
        assertEquals(0, kept());
    }

    @Test
    void answerInOnePiece_keepsNothing() throws Exception {
        Recorded reply = client().call(1, "echo");

        assertEquals("hello", reply.text());
        assertEquals(List.of(), reply.events());
        assertEquals(0, kept());
    }

    @Test
    void connectionThatBroke_isReplacedWithoutTheHandlerNoticing() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        told.log("second", "third");
        Await.until(() -> told.done() == 3, "two words to nobody");
        Recorded next = client.resume(lastId(reply));
        assertEquals(List.of("second", "third"), words(next.events(2)));
        told.log("fourth").answer("end");

        assertEquals(List.of("second", "third", "fourth", "end"), words(next.events(4)));
        assertEquals(End.DONE, next.awaitEnd());
        assertEquals(0, told.interrupted());
    }

    @Test
    void responseThatNobodyGot_waits() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        told.log("second").answer("end");
        Await.until(() -> session().references() == 0, "the call to end");
        Recorded next = client.resume(lastId(reply));

        assertEquals(List.of("second", "end"), words(next.events(2)));
        assertEquals(End.DONE, next.awaitEnd());
    }

    @Test
    void replay_beginsAfterTheEventThatIsNamed() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = client.call(1, "told");
        told.log("a", "b", "c").answer("end");
        List<Recorded.Event> events = reply.events(5);

        for (int i = 0; i < 5; i++) {
            Recorded again = client.resume(events.get(i).id());
            assertEquals(End.DONE, again.awaitEnd());
            assertEquals(events.subList(i + 1, 5), again.events());
        }
    }

    @Test
    void connectionThatOnlySeemedOpen_endsWhenItsClientComesBack() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = client.call(1, "told");
        told.log("a");
        reply.events(2);
        Recorded next = client.resume(lastId(reply));

        assertEquals(End.REPLACED, reply.awaitEnd());
        told.log("b").answer("end");
        assertEquals(List.of("b", "end"), words(next.events(2)));
    }

    @Test
    void requestsStream_leavesTheSessionsOwnAlone() throws Exception {
        HttpLike.Client client = client();
        Recorded own = client.get();
        Recorded reply = broken(client);
        Recorded next = client.resume(lastId(reply));
        told.answer("end");

        next.awaitEnd();
        assertNull(own.ended());
        assertEquals(1, own.events().size());
    }

    @Test
    void stream_isForItsOwnerOnly() throws Exception {
        HttpLike.Client ann = http.client().withEventIds().as("ann").initialize(NEWEST);
        Recorded reply = broken(ann);

        ann.as("bob").resume(lastId(reply)).refused(Cause.SESSION_UNKNOWN, -32600);
        Recorded foreign = http.client().withEventIds().as("bob").initialize(NEWEST).resume(lastId(reply));
        assertEquals(List.of(""), words(foreign.events(1)));
        assertNull(foreign.ended());
        told.answer("end");
        Recorded next = ann.resume(lastId(reply));
        assertEquals(List.of("end"), words(next.events(1)));
        assertEquals(List.of(""), words(foreign.events()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "_", "_1", "1_1", "-_1", "a-b-c_1", "a-b-c_-1", "a-b_99999999999999999999",
        "\u00e4_1"})
    void idThatIsNone_opensTheSessionsStream(String id) throws Exception {
        Recorded stream = client().resume(id);

        assertEquals(List.of(""), words(stream.events(1)));
        assertNull(stream.ended());
    }

    @Test
    void forgedRequests_areNotAnswered() throws Exception {
        HttpLike.Client client = client();
        String tag = client.get().events(1).getFirst().id().split("-", -1)[0];
        for (String name : List.of(tag + "-1-%%%_1", tag + "-1-bm90IGpzb24_1", tag + "-1-" + "A".repeat(400) + "_1")) {
            Recorded stream = client.resume(name);
            assertEquals(List.of(""), words(stream.events(1)));
            assertNull(stream.ended());
        }
    }

    @Test
    void responseThatIsTooOld_isAnsweredAsLost() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = client.post("""
                {"jsonrpc":"2.0","id":"ä/1","method":"tools/call","params":{"name":"told"}}""");
        told.log("first");
        reply.events(2);
        reply.abort();
        told.answer("end");
        Await.until(() -> session().references() == 0, "the call to end");
        assertNotEquals(0, kept());
        clock.advance(LIMITS.age().plusSeconds(2));

        assertEquals(0, kept());
        assertLost(client.resume(lastId(reply)), "\"ä/1\"");
    }

    @Test
    void cancelledRequest_isNotKept() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");

        Await.until(() -> kept() == 0, "nothing to be kept");
        assertLost(client.resume(lastId(reply)), "1");
    }

    @Test
    void streamThatSaysMuch_losesItsOldestEventsAndNeverItsResponse() throws Exception {
        restart(LIMITS.withStreamEvents(3));
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        told.log("2", "3", "4", "5", "6").answer("end");
        Await.until(() -> session().references() == 0, "the call to end");

        assertEquals(List.of("4", "5", "6", "end"), words(client.resume(lastId(reply)).events(4)));
    }

    @Test
    void streamOfLargeEvents_isBoundedInBytes() throws Exception {
        restart(LIMITS.withStreamBytes(10_000));
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        told.log("x".repeat(6_000), "y".repeat(6_000), "z".repeat(20_000)).answer("e".repeat(50_000));
        Await.until(() -> session().references() == 0, "the call to end");

        assertEquals(List.of("e".repeat(50_000)), words(client.resume(lastId(reply)).events(1)));
    }

    @Test
    void responseLargerThanAllThatMayBeKept_isDeliveredOrLost() throws Exception {
        restart(LIMITS.withSessionBytes(5_000));
        HttpLike.Client client = client();
        Recorded whole = client.call(1, "told");
        told.log("first").answer("e".repeat(6_000));
        assertEquals("e".repeat(6_000), words(whole.events(3)).getLast());
        assertEquals(End.DONE, whole.awaitEnd());
        Await.until(() -> kept() == 0, "nothing to be kept");

        Recorded reply = broken(client);
        told.answer("e".repeat(6_000));
        Await.until(() -> session().references() == 0, "the call to end");
        assertLost(client.resume(lastId(reply)), "1");
    }

    @Test
    void sessionThatSaysMuch_losesFirstWhatWasDelivered() throws Exception {
        restart(LIMITS.withSessionBytes(5_000));
        HttpLike.Client client = client();
        Recorded delivered = client.call(7, "told");
        told.log("first").answer("e".repeat(1_000));
        delivered.awaitEnd();
        Recorded waiting = broken(client);
        told.answer("w".repeat(1_000));
        Await.until(() -> session().references() == 0, "the call to end");
        Recorded more = client.call(8, "told");
        told.log("m".repeat(2_000)).answer("n".repeat(1_000));
        more.awaitEnd();

        assertTrue(kept() <= 5_000, () -> kept() + " bytes are kept");
        assertLost(client.resume(delivered.events().getFirst().id()), "7");
        assertEquals(List.of("w".repeat(1_000)), words(client.resume(lastId(waiting)).events(1)));
    }

    @Test
    void server_keepsNoMoreThanItMay() throws Exception {
        restart(LIMITS.withTotalBytes(20_000));
        for (int i = 0; i < 10; i++) {
            brokenBeforeItsAnswer(client(), "y".repeat(6_000));
            assertTrue(kept() <= 20_000, () -> kept() + " bytes are kept");
        }
        assertNotEquals(0, kept());
        server.sessions().sessions().forEach(session -> server.sessions().close(session, EndReason.CLIENT_REQUEST));
        Await.until(() -> kept() == 0, "nothing to be kept");
    }

    /** A call whose connection broke, and that has been answered since. */
    private Recorded brokenBeforeItsAnswer(HttpLike.Client client, String answer) throws InterruptedException {
        Recorded reply = broken(client);
        told.answer(answer);
        Await.until(() -> server.sessions().sessions().stream().allMatch(s -> s.references() == 0), "the call to end");
        return reply;
    }

    @Test
    void sessionsThatKeepMost_giveWayToThoseThatKeepLittle() throws Exception {
        restart(LIMITS.withTotalBytes(160_000));
        HttpLike.Client greedy = client();
        Recorded much = brokenBeforeItsAnswer(greedy, "m".repeat(130_000));
        List<HttpLike.Client> clients = new ArrayList<>();
        List<Recorded> replies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(client());
            replies.add(brokenBeforeItsAnswer(clients.get(i), "l".repeat(10_000)));
            Await.until(() -> kept() <= 140_000, "an eighth to be free");
        }

        for (int i = 0; i < 10; i++) {
            assertEquals(List.of("l".repeat(10_000)), words(clients.get(i).resume(lastId(replies.get(i))).events(1)));
        }
        assertLost(greedy.resume(lastId(much)), "1");
    }

    private static Message notice(String words) {
        return new Message.Notification("notifications/message", Json.object().put("data", words));
    }

    @Test
    void sessionsStream_goesOnWhereItBroke() throws Exception {
        HttpLike.Client client = client();
        Recorded stream = client.get();
        LegacyClient own = session().occupant(LegacyClient.class);
        own.tell(notice("a"));
        stream.abort();
        own.tell(notice("b"));
        Recorded next = client.resume(stream.events(2).getFirst().id());
        assertEquals(List.of("a", "b"), words(next.events(2)));
        own.tell(notice("c"));

        assertEquals(List.of("a", "b", "c"), words(next.events(3)));
        assertNull(next.ended());
    }

    @Test
    void sessionsStreamWithAGap_opensAnew() throws Exception {
        restart(LIMITS.withStreamEvents(1));
        HttpLike.Client client = client();
        Recorded stream = client.get();
        LegacyClient own = session().occupant(LegacyClient.class);
        stream.abort();
        own.tell(notice("a"));
        own.tell(notice("b"));
        Recorded next = client.resume(stream.events(1).getFirst().id());
        own.tell(notice("c"));

        assertEquals(List.of("", "c"), words(next.events(2)));
        assertNull(next.ended());
        assertTrue(kept() < 600, "what belonged to the old stream is let go");
    }

    @Test
    void sessionThatEnds_endsItsStreamsAndKeepsNothing() throws Exception {
        HttpLike.Client client = client();
        Recorded own = client.get();
        Recorded reply = broken(client);
        Recorded next = client.resume(lastId(reply));
        told.log("second");
        next.events(1);
        client.delete();

        assertNotNull(own.awaitEnd());
        assertNotNull(next.awaitEnd());
        Await.until(() -> kept() == 0, "nothing to be kept");
        client.resume(lastId(reply)).refused(Cause.SESSION_UNKNOWN, -32600);
    }

    @Test
    void pause_letsTheClientGoAndComeBack() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = client.call(1, "told");
        told.pause(Duration.ofMillis(700));
        reply.awaitEnd();
        assertEquals(Duration.ofMillis(700), reply.retry());
        assertEquals(List.of(""), words(reply.events()));
        told.log("meanwhile");
        Await.until(() -> told.done() == 2, "a word to nobody");
        Recorded second = client.resume(lastId(reply));
        assertEquals(List.of("meanwhile"), words(second.events(1)));
        told.pause(Duration.ZERO);
        second.awaitEnd();
        told.answer("end");

        Recorded third = client.resume(lastId(second));
        assertEquals(List.of("end"), words(third.events(1)));
        assertEquals(0, told.interrupted());
    }

    @Test
    void pause_letsAClientGoThatIsStillToldWhatItMissed() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        told.log("second", "third");
        Await.until(() -> told.done() == 3, "two words to nobody");
        CountDownLatch open = new CountDownLatch(1);
        Recorded slow = client.resume(lastId(reply), new Recorded(true, true).takesMoreWhen(open));
        slow.awaitWriter();
        told.pause(Duration.ofMillis(700));
        slow.awaitEnd();
        open.countDown();
        told.answer("end");

        assertEquals(Duration.ofMillis(700), slow.retry());
        assertEquals(List.of("third", "end"), words(client.resume(lastId(slow)).events(2)));
        assertEquals(List.of("second"), words(slow.events()));
    }

    @Test
    void replayThatEndsAfterANewerConnectionCame_doesNotTakeTheStreamBack() throws Exception {
        HttpLike.Client client = client();
        Recorded reply = broken(client);
        told.log("second");
        Await.until(() -> told.done() == 2, "a word to nobody");
        CountDownLatch open = new CountDownLatch(1);
        Recorded older = client.resume(lastId(reply), new Recorded(true, true).takesMoreWhen(open));
        older.awaitWriter();
        Recorded newer = client.resume(lastId(reply));
        assertEquals(List.of("second"), words(newer.events(1)));
        assertEquals(End.REPLACED, older.awaitEnd());
        open.countDown();
        older.awaitNoWriter();
        told.log("third").answer("end");

        assertEquals(List.of("second", "third", "end"), words(newer.events(3)));
        assertEquals(List.of("second"), words(older.events()));
    }

    @Test
    void pause_isNothingToOlderClientsAndThoseWithoutStreams() throws Exception {
        Recorded older = http.client().withEventIds().initialize("2025-06-18").call(1, "told");
        told.pause(Duration.ofSeconds(1)).answer("end");
        assertEquals("end", older.text());
        assertNull(older.retry());
        Recorded single = client().withoutStreams().call(1, "told");
        told.pause(Duration.ofSeconds(1)).answer("end");
        assertEquals("end", single.text());
        assertNull(single.retry());
    }

    @Test
    void pauseOfNegativeLength_isAMistakeOfTheTool() throws Exception {
        Recorded reply = client().call(1, "told");
        told.pause(Duration.ofSeconds(-1));

        assertTrue(reply.toolError().contains("failed"));
    }

    @Test
    void batch_isResumedAsAWhole() throws Exception {
        HttpLike.Client client = http.client().withEventIds().initialize("2025-03-26");
        Recorded reply = client.post("""
                [{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"told"}},
                {"jsonrpc":"2.0","id":2,"method":"ping"}]""");
        told.log("first");
        reply.events(1);
        reply.abort();
        told.answer("end");
        Await.until(() -> session().references() == 0, "the call to end");
        Recorded next = client.resume(lastId(reply));

        JsonNode responses = Json.mapper().readTree(next.events(1).getFirst().line());
        assertEquals(2, responses.size());
        clock.advance(LIMITS.age().plusSeconds(2));
        Recorded lost = client.resume(lastId(reply));
        lost.awaitEnd();
        assertEquals(2, lost.sent().size());
    }

    @Test
    void clientThatKeepsComingBack_missesNothingAndHearsNothingTwice() throws Exception {
        restart(new EventLimits(100_000, 64 << 20, 64 << 20, 64 << 20, Duration.ofMinutes(5)));
        server.catalog().tools().add(Tool.named("many").noArguments().text((in, call) -> {
            for (int i = 0; i < 5_000; i++) {
                call.log(LogLevel.INFO, "", "" + i);
            }
            return "5000";
        }));
        HttpLike.Client client = client();
        List<Recorded.Event> heard = new ArrayList<>();
        Recorded reply = client.call(1, "many");
        int connections = 1;
        while (heard.isEmpty() || !words(heard.getLast()).equals("5000")) {
            reply.events(1);
            reply.abort();
            heard.addAll(reply.events());
            reply = client.resume(heard.getLast().id());
            connections++;
        }

        List<String> expected = IntStream.rangeClosed(0, 5_000).mapToObj(String::valueOf).toList();
        assertEquals(expected, words(heard).subList(1, heard.size()), connections + " connections");
        assertTrue(connections > 2, connections + " connections");
    }

    @Test
    void thousandStreamsAtOnce_neverTellEachOthersEvents() throws Exception {
        restart(LIMITS.withSessionBytes(64 << 20));
        HttpLike.Client client = client();
        List<Recorded> replies = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Recorded reply = client.post("""
                    {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"count","_meta":{"name":"s%d"}}}"""
                    .formatted(i, i));
            replies.add(reply);
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            int stream = i;
            List<String> expected = IntStream.rangeClosed(0, 10)
                    .mapToObj(n -> "s" + stream + "/" + (n == 10 ? "end" : n))
                    .collect(Collectors.toList());
            List<Recorded.Event> events = replies.get(i).events(12);
            assertEquals(expected, words(events).subList(1, 12));
            events.forEach(event -> ids.add(event.id()));
            int seen = i % 12;
            assertEquals(events.subList(seen + 1, 12), client.resume(events.get(seen).id()).events(11 - seen));
        }
        assertEquals(12_000, ids.size());
    }
}
