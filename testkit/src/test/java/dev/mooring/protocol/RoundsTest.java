package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Call;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.lease.ServerKeys;
import dev.mooring.model.Elicited;
import dev.mooring.model.LogLevel;
import dev.mooring.server.McpServer;
import dev.mooring.session.Log;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer.Cause;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rounds of modern requests, message by message: what a state opens for, and what it does not. */
class RoundsTest {
    private static final String CAN = "\"elicitation\":{\"form\":{},\"url\":{}}";
    private static final String YES = "{\"action\":\"accept\",\"content\":{\"ok\":true}}";
    private static final String ANY = "{\"type\":\"object\"}";

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger paid = new AtomicInteger();
    private final AtomicInteger looked = new AtomicInteger();
    private volatile String question = "Shall I?";
    private HttpLike http = new HttpLike();
    private McpServer server = start(ServerKeys.random());

    /** Yes or no. */
    record Confirm(boolean ok) {}

    private McpServer start(ServerKeys keys) {
        return McpServer.named("test", "1")
                .tool(Tool.named("confirm").schema(ANY).text((in, call) -> ask(call, "ok")))
                .tool(Tool.named("other").schema(ANY).text((in, call) -> ask(call, "ok")))
                .prompt(Prompt.named("confirm").noArguments().text((in, call) -> ask(call, "ok")))
                .tool(Tool.named("two").schema(ANY).text((in, call) -> ask(call, "ok") + ask(call, "also")))
                .tool(Tool.named("plain").schema(ANY).text((in, call) -> "plain"))
                .tool(Tool.named("pay").schema(ANY).text((in, call) -> {
                    call.singleUse();
                    ask(call, "ok");
                    return "paid " + paid.incrementAndGet();
                }))
                .tool(Tool.named("swallow").schema(ANY).text(RoundsTest::swallow))
                .tool(Tool.named("wrap").schema(ANY).text((in, call) -> {
                    try {
                        return ask(call, "ok");
                    } catch (Throwable e) {
                        throw new ToolException("wrapped", e);
                    }
                }))
                .tool(Tool.named("page")
                        .schema(ANY)
                        .text((in, call) -> ""
                                + call.open("page", "Log in", URI.create("https://example.org/"), this::look)))
                .tool(Tool.named("log").schema(ANY).text((in, call) -> {
                    call.log(LogLevel.INFO, "", "before");
                    ask(call, "ok");
                    call.log(LogLevel.INFO, "", "after");
                    return "logged";
                }))
                .keys(keys)
                .time(clock)
                .transport(http)
                .start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String ask(Call call, String key) throws InterruptedException {
        return call.elicit(key, question, Confirm.class).accepted().map(Confirm::ok).map(ok -> "ok " + ok).orElse("no");
    }

    private static String swallow(ObjectNode in, Call call) {
        StringBuilder words = new StringBuilder();
        for (String key : List.of("one", "two")) {
            try {
                words.append(call.elicit(key, "Shall I?", Confirm.class) instanceof Elicited.Accepted ? "yes" : "no");
                call.progress(1, 1);
            } catch (Throwable e) { // what nobody should do
                words.append("swallowed");
            }
        }
        return words.toString();
    }

    private boolean look() {
        return looked.incrementAndGet() > 1_000;
    }

    private Recorded post(HttpLike.Client client, String tool, String capabilities, String more) {
        return request(client, "tools/call", tool, capabilities, more);
    }

    private Recorded request(HttpLike.Client client, String method, String name, String capabilities, String more) {
        return client.with(HttpLike.VERSION, "2026-07-28").with("Mcp-Method", method).with("Mcp-Name", name).post("""
                {"jsonrpc":"2.0","id":1,"method":"%s","params":{"name":"%s",%s"_meta":{
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/logLevel":"debug","progressToken":"p",
                "io.modelcontextprotocol/clientCapabilities":{%s}}}}""".formatted(method, name, more, capabilities));
    }

    private Recorded call(String tool, String more) {
        return post(http.client(), tool, CAN, more);
    }

    private static String arguments(String arguments) {
        return "\"arguments\":" + arguments + ",";
    }

    private static String responses(String responses) {
        return "\"inputResponses\":" + responses + ",";
    }

    private static String state(String state) {
        return "\"requestState\":\"" + state + "\",";
    }

    private static JsonNode asked(Recorded reply) throws InterruptedException {
        JsonNode result = reply.result();
        assertEquals("input_required", result.path("resultType").asString(""), result::toString);
        assertFalse(result.has("content"), result::toString);
        return result.path("inputRequests");
    }

    private static String stateOf(Recorded reply) throws InterruptedException {
        asked(reply);
        return reply.result().path("requestState").stringValue();
    }

    private static void refused(Recorded reply) throws InterruptedException {
        String message = reply.failed(-32602).error().message();
        assertTrue(message.contains("requestState") || message.contains("inputResponses"), message);
    }

    @Test
    void question_isTheAnswerToTheRequestAndItsRetryIsServed() throws Exception {
        Recorded first = call("confirm", "");

        assertEquals(Json.mapper().readTree("""
                {"ok":{"method":"elicitation/create","params":{"mode":"form","message":"Shall I?","requestedSchema":{
                "type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]}}}}"""), asked(first));
        assertEquals("test", first.result().at("/_meta/io.modelcontextprotocol~1serverInfo/name").asString(""));
        assertEquals("ok true", call("confirm", state(stateOf(first)) + responses("{\"ok\":" + YES + "}")).text());
    }

    @Test
    void eachRound_hasAStateOfItsOwnThatRemembersTheOnesBefore() throws Exception {
        String first = stateOf(call("two", ""));
        Recorded second = call("two", state(first) + responses("{\"ok\":" + YES + "}"));

        assertEquals(List.of("also"), List.copyOf(asked(second).propertyNames()));
        assertNotEquals(first, stateOf(second));
        assertEquals("ok trueno",
                call("two", state(stateOf(second)) + responses("{\"also\":{\"action\":\"decline\"}}")).text());
    }

    @Test
    void missingAnswer_isAskedForAgain() throws Exception {
        String first = stateOf(call("confirm", ""));

        assertTrue(asked(call("confirm", state(first))).has("ok"));
        assertTrue(asked(call("confirm", state(first) + responses("{}"))).has("ok"));
        assertTrue(asked(call("confirm", state(first) + responses("{\"wrong\":" + YES + "}"))).has("ok"));
    }

    @Test
    void answersWithoutState_count() throws Exception {
        assertEquals("ok true", call("confirm", responses("{\"ok\":" + YES + ",\"more\":1}")).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "null", "[]", "\"yes\"", "{}", "{\"action\":\"maybe\"}", "{\"action\":7}",
        "{\"action\":\"accept\"}", "{\"action\":\"accept\",\"content\":null}",
        "{\"action\":\"accept\",\"content\":[true]}", "{\"action\":\"accept\",\"content\":{\"ok\":\"yes\"}}",
        "{\"action\":\"accept\",\"content\":{\"ok\":null}}"})
    void answerOfAnotherShape_isAskedForAgain(String answer) throws Exception {
        String first = stateOf(call("confirm", ""));

        assertTrue(asked(call("confirm", state(first) + responses("{\"ok\":" + answer + "}"))).has("ok"));
        assertTrue(asked(call("confirm", responses("{\"ok\":" + answer + "}"))).has("ok"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"ok\"", "7"})
    void responsesThatAreNoObject_areRefused(String responses) throws Exception {
        refused(call("confirm", responses(responses)));
        refused(call("plain", responses(responses)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "7"})
    void stateThatIsNoText_isRefused(String state) throws Exception {
        refused(call("confirm", "\"requestState\":" + state + ","));
    }

    @Test
    void stateThatWasChanged_isRefused() throws Exception {
        String sealed = stateOf(call("confirm", ""));
        for (int at : List.of(0, 7, 15, 16, 20, 40, sealed.length() / 2, sealed.length() - 20, sealed.length() - 1)) {
            for (char other : List.of('A', 'B', '_', '-', '=', '.')) {
                if (sealed.charAt(at) != other) {
                    String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
                    refused(call("confirm", state(changed) + responses("{\"ok\":" + YES + "}")));
                }
            }
        }
        for (String changed : List.of(sealed + "-TAMPERED", sealed + "=", sealed + "A", sealed.substring(1),
                sealed.substring(0, sealed.length() - 1), sealed.substring(0, 47), "A", " ", "ÿ", sealed + sealed)) {
            refused(call("confirm", state(changed) + responses("{\"ok\":" + YES + "}")));
        }
        assertEquals("ok true", call("confirm", state(sealed) + responses("{\"ok\":" + YES + "}")).text());
    }

    @Test
    void emptyState_isRefused() throws Exception {
        refused(call("confirm", state("") + responses("{\"ok\":" + YES + "}")));
    }

    @Test
    void stateLongerThanAnyThatIsMade_isRefused() throws Exception {
        refused(call("confirm", state("A".repeat(33 << 10))));
    }

    @Test
    void stateOfAnotherPrincipal_isRefused() throws Exception {
        HttpLike.Client alice = http.client().as("alice");
        String sealed = stateOf(post(alice, "confirm", CAN, ""));
        String answered = state(sealed) + responses("{\"ok\":" + YES + "}");

        refused(post(http.client().as("bob"), "confirm", CAN, answered));
        refused(post(http.client(), "confirm", CAN, answered));
        assertEquals("ok true", post(alice, "confirm", CAN, answered).text());
    }

    @Test
    void stateOfAnotherRequest_isRefused() throws Exception {
        String sealed = stateOf(call("confirm", arguments("{\"a\":1,\"b\":[true,null,\"x\"]}")));
        String answered = state(sealed) + responses("{\"ok\":" + YES + "}");

        refused(call("other", arguments("{\"a\":1,\"b\":[true,null,\"x\"]}") + answered));
        refused(call("plain", arguments("{\"a\":1,\"b\":[true,null,\"x\"]}") + answered));
        for (String other : List.of("{}", "{\"a\":2,\"b\":[true,null,\"x\"]}", "{\"a\":1}",
                "{\"a\":1,\"b\":[true,\"\",\"x\"]}", "{\"a\":\"1\",\"b\":[true,null,\"x\"]}",
                "{\"a\":1,\"b\":[true,null,\"x\"],\"c\":1}")) {
            refused(call("confirm", arguments(other) + answered));
        }
        refused(call("confirm", answered));
        assertEquals("ok true", call("confirm", arguments("{\"b\":[true,null,\"x\"],\"a\":1.0}") + answered).text(),
                "the same arguments, written otherwise");
    }

    @Test
    void stateOfAnotherMethod_isRefused() throws Exception {
        String answered = state(stateOf(call("confirm", ""))) + responses("{\"ok\":" + YES + "}");

        refused(request(http.client(), "prompts/get", "confirm", CAN, answered));
        Recorded prompt = request(http.client(), "prompts/get", "confirm", CAN, "");
        refused(call("confirm", state(stateOf(prompt)) + responses("{\"ok\":" + YES + "}")));
    }

    @Test
    void stateThatHasExpired_isRefused() throws Exception {
        String answered = state(stateOf(call("confirm", ""))) + responses("{\"ok\":" + YES + "}");
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertEquals("ok true", call("confirm", answered).text());
        clock.advance(Duration.ofMillis(1));

        refused(call("confirm", answered));
    }

    @Test
    void stateIsOpenedByAllKeysAndSealedByTheNewest() throws Exception {
        byte[] old = new byte[32];
        byte[] fresh = new byte[32];
        Arrays.fill(fresh, (byte) 1);
        restart(ServerKeys.of(List.of(old)));
        String sealedWithOld = stateOf(call("confirm", "")) + "";
        restart(ServerKeys.of(List.of(fresh, old)));
        String sealedWithFresh = stateOf(call("confirm", ""));
        assertEquals("ok true", call("confirm", state(sealedWithOld) + responses("{\"ok\":" + YES + "}")).text());
        restart(ServerKeys.of(List.of(fresh)));

        assertEquals("ok true", call("confirm", state(sealedWithFresh) + responses("{\"ok\":" + YES + "}")).text());
        refused(call("confirm", state(sealedWithOld) + responses("{\"ok\":" + YES + "}")));
    }

    private void restart(ServerKeys keys) {
        server.close();
        http = new HttpLike();
        server = start(keys);
    }

    @Test
    void sameStateTwice_isServedTwiceUnlessTheCallGoesOnOnce() throws Exception {
        String confirm = state(stateOf(call("confirm", ""))) + responses("{\"ok\":" + YES + "}");
        assertEquals("ok true", call("confirm", confirm).text());
        assertEquals("ok true", call("confirm", confirm).text());
        String pay = state(stateOf(call("pay", ""))) + responses("{\"ok\":" + YES + "}");

        assertEquals("paid 1", call("pay", pay).text());
        refused(call("pay", pay));
        assertEquals(1, paid.get());
        String another = state(stateOf(call("pay", ""))) + responses("{\"ok\":" + YES + "}");
        assertEquals("paid 2", call("pay", another).text());
    }

    @Test
    void questionThatChanged_isAskedAnew() throws Exception {
        String first = stateOf(call("two", ""));
        question = "Shall I really?";
        Recorded second = call("two", state(first) + responses("{\"ok\":" + YES + "}"));

        assertEquals("Shall I really?", asked(second).at("/ok/params/message").asString(""));
        String third = stateOf(call("two", state(stateOf(second)) + responses("{\"ok\":" + YES + "}")));
        question = "Or not?";
        assertEquals(List.of("ok"),
                List.copyOf(asked(call("two", state(third) + responses("{\"also\":" + YES + "}"))).propertyNames()));
    }

    @Test
    void handlerThatCatchesEverything_asksAllTheSame() throws Exception {
        try (Log log = Log.of(RunningCall.class.getName())) {
            assertEquals(List.of("one"), List.copyOf(asked(call("swallow", "")).propertyNames()));
            assertTrue(asked(call("wrap", "")).has("ok"));
            assertEquals(List.of(
                    "WARN Tool swallow caught what should have ended its run; its question is asked all the same",
                    "WARN Tool wrap caught what should have ended its run; its question is asked all the same"),
                    log.lines("WARN"));
            assertEquals(List.of(), log.lines("ERROR"));
        }
    }

    @Test
    void page_isHeldAWhileThenAskedAgainUntilItIsDone() throws Exception {
        Recorded first = call("page", "");
        assertEquals("https://example.org/", asked(first).at("/page/params/url").asString(""));
        assertFalse(asked(first).path("page").path("params").has("elicitationId"));
        String accepted = state(stateOf(first)) + responses("{\"page\":{\"action\":\"accept\"}}");
        Recorded second = call("page", accepted);
        Await.until(() -> looked.get() == 3, "the page to be looked at");
        assertFalse(second.isAnswered());
        letPass(second);

        assertTrue(asked(second).has("page"));
        looked.set(1_000);
        assertEquals("DONE",
                call("page", state(stateOf(second)) + responses("{\"page\":{\"action\":\"accept\"}}")).text());
        assertEquals(1_001, looked.get());
    }

    /** Lets time pass until the answer is there. */
    private void letPass(Recorded reply) {
        Await.until(() -> {
            clock.advance(Duration.ofMillis(100));
            return reply.isAnswered();
        }, "the request to be answered");
    }

    @Test
    void page_isDoneWhileItsRequestIsHeld() throws Exception {
        String accepted = state(stateOf(call("page", ""))) + responses("{\"page\":{\"action\":\"accept\"}}");
        Recorded second = call("page", accepted);
        Await.until(() -> looked.get() == 3, "the page to be looked at");
        looked.set(1_000);
        letPass(second);

        assertEquals("DONE", second.text());
    }

    @Test
    void logBeforeTheLastAnswer_isNotRepeated() throws Exception {
        Recorded first = call("log", "");
        String sealed = stateOf(first);
        Recorded second = call("log", state(sealed) + responses("{\"ok\":" + YES + ",\"never asked\":1}"));
        assertEquals("logged", second.text());

        assertTrue(first.sent().size() == 1 && first.sent().toString().contains("before"), first.sent()::toString);
        assertTrue(second.sent().size() == 1 && second.sent().toString().contains("after"), second.sent()::toString);
    }

    @Test
    void missingCapability_isRefusedLikeABadEnvelope() throws Exception {
        JsonNode data =
                post(http.client(), "confirm", "\"sampling\":{}", "").refused(Cause.MALFORMED, -32021).error().data();

        assertEquals(Json.mapper().readTree("{\"requiredCapabilities\":{\"elicitation\":{\"form\":{}}}}"), data);
        post(http.client(), "confirm", "\"elicitation\":{\"url\":{}}", "").refused(Cause.MALFORMED, -32021);
        post(http.client(), "page", "\"elicitation\":{}", "").refused(Cause.MALFORMED, -32021);
        assertTrue(asked(post(http.client(), "confirm", "\"elicitation\":{}", "")).has("ok"));
    }
}
