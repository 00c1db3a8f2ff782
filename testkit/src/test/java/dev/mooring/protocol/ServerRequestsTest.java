package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Answers;
import dev.mooring.feature.Call;
import dev.mooring.feature.Default;
import dev.mooring.feature.Question;
import dev.mooring.feature.Title;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.lease.EndReason;
import dev.mooring.model.Content;
import dev.mooring.model.Elicited;
import dev.mooring.model.SamplingMessage;
import dev.mooring.model.SamplingRequest;
import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.session.Session;
import dev.mooring.session.SessionLimits;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Link;
import dev.mooring.transport.Peer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of the server to legacy clients, message by message: where they go, what answers them, and how long they wait. */
class ServerRequestsTest {
    private static final String NEWEST = "2025-11-25";
    private static final String CAN = "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}";
    private static final String YES = "{\"action\":\"accept\",\"content\":{\"ok\":true}}";

    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Semaphore interrupted = new Semaphore(0);
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1")
            .tool(Tool.named("confirm").noArguments().text((in, call) -> confirm(call)))
            .tool(Tool.named("restricted").visibleTo(context -> true).noArguments().text((in, call) -> confirm(call)))
            .tool(Tool.named("two").noArguments().text(ServerRequestsTest::two))
            .tool(Tool.named("page")
                    .noArguments()
                    .text((in, call) -> ""
                            + call.open("page", "Log in", URI.create("https://example.org/"), done::get)))
            .tool(Tool.named("roots").noArguments().text((in, call) -> call.roots("roots").toString()))
            .tool(Tool.named("pizza").noArguments().text((in, call) -> "" + call.elicit("p", "Which?", Pizza.class)))
            .tool(Tool.named("toppings")
                    .noArguments()
                    .text((in, call) -> "" + call.elicit("t", "Which?", Toppings.class)))
            .tool(Tool.named("sample").noArguments().text((in, call) -> call.sample("s", conversation()).text()))
            .tool(gate.tool())
            .calls(CallLimits.DEFAULT.withTimeout(Duration.ofSeconds(30)).withAskTimeout(Duration.ofMinutes(5)))
            .sessions(SessionLimits.DEFAULT.withIdle(Duration.ofSeconds(60)))
            .time(clock)
            .transport(http)
            .start();

    /** Yes or no. */
    record Confirm(boolean ok) {}

    /** A choice. */
    enum Topping {
        @Title("Cooked ham")
        HAM,
        CHEESE
    }

    /** Titles and defaults. */
    record Pizza(Topping topping, @Default("2") int count, @Default("true") boolean large) {}

    /** Several of a list. */
    record Toppings(Set<Topping> toppings) {}

    @AfterEach
    void close() {
        server.close();
    }

    private String confirm(Call call) throws InterruptedException {
        try {
            return call.elicit("ok", "Shall I?", Confirm.class) instanceof Elicited.Accepted ? "yes" : "no";
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        }
    }

    private static String two(ObjectNode in, Call call) throws InterruptedException {
        Question<Elicited<Confirm>> one = Question.form("one", "One?", Confirm.class);
        Question<Elicited<Confirm>> other = Question.form("other", "Other?", Confirm.class);
        Answers answers = call.ask(one, other);
        return answers.to(one) + " " + answers.to(other);
    }

    private static SamplingRequest conversation() {
        return SamplingRequest.of(100,
                SamplingMessage.user(Content.text("one"), Content.audio(new byte[3], "audio/wav")));
    }

    private HttpLike.Client client() throws InterruptedException {
        return http.client().initialize(NEWEST, CAN);
    }

    private Session session() {
        return server.sessions().sessions().iterator().next();
    }

    /** Waits for that many messages of the server on the way back of a call; the last. */
    private static Message sent(Recorded reply, int count) {
        Await.until(() -> reply.sent().size() >= count, count + " messages");
        return reply.sent().get(count - 1);
    }

    private static Message.Request asked(Recorded reply) {
        return assertInstanceOf(Message.Request.class, sent(reply, 1));
    }

    private static void answer(HttpLike.Client client, Message.Request request, String result)
            throws InterruptedException {
        assertEquals(Answer.accepted(),
                client.post("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(request.id(), result)).answer());
    }

    private static void assertWithdrawn(Recorded reply, Message.Request request) {
        Message.Notification last = assertInstanceOf(Message.Notification.class, reply.sent().getLast());
        assertEquals("notifications/cancelled", last.method());
        assertEquals(request.id().toString(),
                String.valueOf(last.params() == null ? null : last.params().get("requestId")));
    }

    private void assertNothingLeft() {
        Await.until(() -> session().references() == 0, "all references to be given back");
    }

    @Test
    void question_goesTheWayOfItsCallAndIsAnsweredById() throws Exception {
        HttpLike.Client client = client();
        Recorded stream = client.get();
        Recorded call = client.call(1, "confirm");
        Message.Request request = asked(call);
        assertEquals("elicitation/create", request.method());
        answer(client, request, YES);

        assertEquals("yes", call.text());
        assertEquals(1, call.sent().size());
        assertEquals(List.of(), stream.sent());
        assertNothingLeft();
    }

    @Test
    void responsesToAnythingElse_areIgnored() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        Message.Request request = asked(call);
        for (String id : List.of("1", "0", "\"\"", "\"mooring-ask-999\"", "\"1\"")) {
            client.post("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, YES)).answer();
        }
        client.post("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"no id\"}}").answer();
        assertFalse(call.isAnswered());
        answer(client, request, "{\"action\":\"decline\"}");
        answer(client, request, YES);

        assertEquals("no", call.text());
        assertNothingLeft();
    }

    @Test
    void answerOfAnotherSession_isIgnored() throws Exception {
        HttpLike.Client client = client();
        HttpLike.Client other = client();
        HttpLike.Client mallory = http.client().as("mallory").initialize(NEWEST, CAN);
        Recorded call = client.call(1, "confirm");
        Message.Request request = asked(call);
        Recorded others = other.call(1, "confirm");
        assertNotEquals(request.id(), asked(others).id());
        answer(other, request, YES);
        answer(mallory, request, YES);
        assertFalse(call.isAnswered());
        answer(client, request, "{\"action\":\"decline\"}");

        assertEquals("no", call.text());
        assertFalse(others.isAnswered());
    }

    @Test
    void answerThatDoesNotFit_isAskedForAgain() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        answer(client, asked(call), "{\"action\":\"accept\",\"content\":{\"ok\":\"perhaps\"}}");
        Message.Request again = assertInstanceOf(Message.Request.class, sent(call, 2));
        assertEquals(asked(call).params(), again.params());
        assertNotEquals(asked(call).id(), again.id());
        answer(client, again, YES);

        assertEquals("yes", call.text());
    }

    @Test
    void errorOfTheClient_failsTheCall() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "two");
        sent(call, 2);
        client.post("{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-1,\"message\":\"User rejected it\"}}"
                .formatted(asked(call).id())).answer();

        assertEquals("The client answered elicitation/create with an error: User rejected it", call.toolError());
        assertWithdrawn(call, (Message.Request) call.sent().get(1));
        assertNothingLeft();
    }

    @Test
    void questionThatIsNotAnswered_failsTheCallAndIsWithdrawn() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        call.read(clock);
        Message.Request request = asked(call);
        Await.until(() -> session().references() == 0, "the call to wait");
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertFalse(call.isAnswered());
        clock.advance(Duration.ofSeconds(2));

        assertEquals("The client did not answer within 300 s (MCP_ASK_TIMEOUT_MS)", call.toolError());
        assertWithdrawn(call, request);
        answer(client, request, YES);
        assertNothingLeft();
    }

    @Test
    void timeTheClientTakes_isNotTheCallsOwn() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        call.read(clock);
        Message.Request request = asked(call);
        Await.until(() -> session().references() == 0, "the call to wait");
        clock.advance(Duration.ofMinutes(4));
        answer(client, request, YES);

        assertEquals("yes", call.text());
    }

    @Test
    void cancelledCall_withdrawsItsQuestionsBeforeItEnds() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        Message.Request request = asked(call);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}")
                .answer();

        assertEquals(Answer.silent(), call.answer());
        assertWithdrawn(call, request);
        Await.permits(interrupted, 1, "the handler to be interrupted");
        answer(client, request, YES);
        assertNothingLeft();
    }

    @Test
    void drainThatEnds_withdrawsQuestions() throws Exception {
        Recorded call = client().call(1, "confirm");
        Message.Request request = asked(call);
        server.close();

        call.refused(Answer.Cause.CAPACITY, -31000);
        assertWithdrawn(call, request);
        Await.permits(interrupted, 1, "the handler to be interrupted");
    }

    @Test
    void sessionWhoseCallsAllWaitForAClientThatIsGone_isIdle() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        asked(call);
        Session session = session();
        Await.until(() -> session.references() == 0, "the call to wait");
        call.abort();
        clock.advance(Duration.ofSeconds(58));
        assertFalse(session.endReason() != null);
        clock.advance(Duration.ofSeconds(4));

        Await.permits(interrupted, 1, "the handler to be interrupted");
        assertEquals(EndReason.IDLE, session.endReason());
        assertEquals(Answer.silent(), call.answer());
        assertEquals(0, server.sessions().size());
    }

    @Test
    void sessionWhoseClientReadsTheStreamOfItsCall_isNotIdle() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        call.read(clock);
        Message.Request request = asked(call);
        Await.until(() -> session().references() == 0, "the call to wait");
        clock.advance(Duration.ofMinutes(4));
        assertEquals(1, server.sessions().size());
        call.fallSilent();
        clock.advance(Duration.ofSeconds(50));
        answer(client, request, YES);

        assertEquals("yes", call.text());
    }

    @Test
    void sessionWithACallThatWorks_isNotIdle() throws Exception {
        HttpLike.Client client = client();
        Recorded waits = client.call(1, "confirm");
        asked(waits);
        Recorded works = client.call(2, "wait");
        gate.awaitEntered(1);
        Await.until(() -> session().references() == 1, "the call to wait");
        clock.advance(Duration.ofSeconds(29));
        gate.release(1);
        works.text();
        clock.advance(Duration.ofSeconds(55));

        assertEquals(1, server.sessions().size());
    }

    @Test
    void callThatIsCancelledWhileItWaits_leavesTheReferencesOfOthersAlone() throws Exception {
        HttpLike.Client client = client();
        Recorded waits = client.call(1, "confirm");
        asked(waits);
        Recorded works = client.call(2, "wait");
        gate.awaitEntered(1);
        Await.until(() -> session().references() == 1, "the call to wait");
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}")
                .answer();
        waits.answer();
        Await.permits(interrupted, 1, "the handler to be interrupted");

        assertEquals(1, session().references());
        gate.release(1);
        works.text();
        assertNothingLeft();
    }

    @Test
    void callThatGoesOn_holdsItsSessionAgain() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "confirm");
        Message.Request request = asked(call);
        Await.until(() -> session().references() == 0, "the call to wait");
        answer(client, request, "{}");
        sent(call, 2);
        Await.until(() -> session().references() == 0, "the call to wait again");
        answer(client, (Message.Request) call.sent().get(1), YES);

        assertEquals("yes", call.text());
        Recorded next = client.call(2, "wait");
        gate.awaitEntered(1);
        assertEquals(1, session().references());
        gate.release(1);
        next.text();
        assertNothingLeft();
    }

    @Test
    void clientThatTakesASingleBody_cannotBeAsked() throws Exception {
        Recorded call = http.client().withoutStreams().initialize(NEWEST, CAN).call(1, "confirm");

        assertEquals("This client takes no event stream, so it cannot be asked anything", call.toolError());
    }

    @Test
    void toolThatNotEverybodySees_saysWhatIsMissingAsOthersDo() throws Exception {
        Recorded call = http.client().initialize(NEWEST).call(1, "restricted");

        assertEquals("The client does not have what this needs: elicitation.form", call.toolError());
    }

    @Test
    void questionOfACallWhoseConnectionBroke_waitsForThatStreamToGoOn() throws Exception {
        HttpLike.Client client = http.client().withEventIds().initialize(NEWEST, CAN);
        Recorded stream = client.get();
        Recorded call = client.call(1, "two");
        List<Recorded.Event> events = call.events(3);
        call.abort();
        Recorded unrelated = client.get();
        Recorded resumed = client.resume(events.get(1).id());
        JsonNode second = Json.mapper().readTree(resumed.events(1).getFirst().line());
        assertEquals("Other?", second.path("params").path("message").asString(""));
        for (Recorded.Event event : events.subList(1, 3)) {
            String id = Json.mapper().readTree(event.line()).path("id").toString();
            client.post("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, YES)).answer();
        }

        assertTrue(resumed.events(2).getLast().line().contains("ok=true"), resumed.events()::toString);
        assertEquals(1, stream.events().size(), "its beginning and nothing else");
        assertEquals(1, unrelated.events().size(), "its beginning and nothing else");
    }

    @Test
    void page_isNamedAndItsEndIsTold() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "page");
        JsonNode params = asked(call).params();
        String id = String.valueOf(params == null ? null : params.get("elicitationId"));
        assertEquals("{\"mode\":\"url\",\"message\":\"Log in\",\"url\":\"https://example.org/\",\"elicitationId\":" + id
                + "}", params + "");
        answer(client, asked(call), "{\"action\":\"accept\"}");
        Await.until(() -> session().references() == 0, "the call to wait for its user");
        assertFalse(call.isAnswered());
        done.set(true);
        Await.until(() -> {
            clock.advance(Duration.ofMillis(100));
            return call.isAnswered();
        }, "the page to be looked at");

        assertEquals("DONE", call.text());
        assertEquals(new Message.Notification("notifications/elicitation/complete",
                (ObjectNode) Json.mapper().readTree("{\"elicitationId\":" + id + "}")), call.sent().getLast());
    }

    @Test
    void pageThatIsNeverDone_failsTheCall() throws Exception {
        HttpLike.Client client = client();
        Recorded call = client.call(1, "page");
        call.read(clock);
        answer(client, asked(call), "{\"action\":\"accept\"}");
        Recorded stream = client.get();
        stream.read(clock);
        Await.until(() -> {
            clock.advance(Duration.ofMillis(500));
            return call.isAnswered();
        }, "the call to fail");

        assertEquals("What was to be done at example.org was not done within 300 s (MCP_ASK_TIMEOUT_MS)",
                call.toolError());
    }

    @Test
    void onAChannel_answersAreToldByTheirIds() throws Exception {
        Recorded channel = new Recorded(true);
        Peer peer = new Peer("test", "here", Principal.LOCAL);
        Link link = http.engine().open(peer, channel);
        send(link, peer, """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":%s}}"""
                .formatted(NEWEST, CAN)).result();
        Recorded call = send(link, peer,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"confirm\"}}");
        send(link, peer, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(asked(call).id(), YES)).answer();

        assertEquals("yes", call.text());
    }

    private Recorded send(Link link, Peer peer, String message) {
        Recorded reply = new Recorded(true);
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        http.engine()
                .receive(new Inbound(new Codec(JsonLimits.DEFAULT).decode(bytes), Envelope.NONE, peer, null, link),
                        reply);
        return reply;
    }

    @Test
    void inABatch_questionsGoTheWayOfTheBatch() throws Exception {
        HttpLike.Client client = http.client().initialize("2025-03-26", "{\"roots\":{}}");
        Recorded batch = client
                .post("""
                        [{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"roots"}},{"jsonrpc":"2.0","id":2,"method":"ping"}]""");
        Message.Request request = asked(batch);
        assertEquals(new Message.Request(request.id(), "roots/list", null), request);
        client.post("[{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"roots\":[{\"uri\":\"file:///work\"}]}}]"
                .formatted(request.id())).answer();

        List<Message.Response> responses = batch.answer().responses();
        assertTrue(responses.toString().contains("file:///work"), responses::toString);
        assertEquals(2, responses.size());
    }

    @Test
    void formBefore20251125_hasNoModeAndOneListOfTitles() throws Exception {
        Recorded call = http.client().initialize("2025-06-18", "{\"elicitation\":{}}").call(1, "pizza");

        assertEquals(Json.mapper().readTree("""
                {"message":"Which?","requestedSchema":{"type":"object","properties":{
                "topping":{"type":"string","enum":["HAM","CHEESE"],"enumNames":["Cooked ham","CHEESE"]},
                "count":{"type":"integer"},"large":{"type":"boolean","default":true}},"required":["topping"]}}"""),
                asked(call).params());
    }

    @Test
    void choiceOfSeveralBefore20251125_cannotBeAsked() throws Exception {
        Recorded call = http.client().initialize("2025-06-18", "{\"elicitation\":{}}").call(1, "toppings");

        assertTrue(call.toolError().contains("choosing several from a list (toppings) needs revision 2025-11-25"));
    }

    @Test
    void messagesToAModelBefore20251125_areOneBlockEach() throws Exception {
        HttpLike.Client client = http.client().initialize("2024-11-05", "{\"sampling\":{}}");
        Recorded call = client.call(1, "sample");

        assertEquals(Json.mapper().readTree("""
                {"messages":[{"role":"user","content":{"type":"text","text":"one"}},
                {"role":"user","content":{"type":"text","text":"[audio audio/wav, 3 bytes]"}}],"maxTokens":100}"""),
                asked(call).params());
        answer(client, asked(call),
                "{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"two\"},\"model\":\"m\"}");
        assertEquals("two", call.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26"})
    void revisionWithoutElicitation_cannotElicitWhateverItsClientDeclares(String revision) throws Exception {
        HttpLike.Client client = http.client().initialize(revision, CAN);

        assertEquals("The client does not have what this needs: elicitation.form",
                client.call(1, "confirm").toolError());
        assertEquals("The client does not have what this needs: elicitation.url", client.call(2, "page").toolError());
    }
}
