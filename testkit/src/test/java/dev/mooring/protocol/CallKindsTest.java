package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Completion;
import dev.mooring.model.PromptArgument;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Answer.Cause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** What holds for calls of tools holds for whatever else runs code of the server's author: prompts, resources, completion, filters. */
class CallKindsTest {
    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("kinds", "1")
            .prompt(Prompt.named("wait")
                    .arguments(PromptArgument.optional("a", ""))
                    .completes("a", (asked, context) -> Completion.of(List.of(gate.pass())))
                    .text((in, call) -> gate.pass()))
            .prompt(Prompt.named("short").timeout(Duration.ofSeconds(1)).noArguments().text((in, call) -> gate.pass()))
            .resource(Resource.at("short://1").timeout(Duration.ofSeconds(1)).text(call -> gate.pass()))
            .resource(Resource.at("wait://1").text(call -> gate.pass()))
            .resourceTemplate(ResourceTemplate.of("wait://{id}/x").text((in, call) -> gate.pass()))
            .tool(Tool.named("told").noArguments().text((in, call) -> ""))
            .time(clock)
            .calls(CallLimits.DEFAULT.withPerSession(2).withTotal(3).withTimeout(Duration.ofSeconds(30)))
            .transport(http)
            .start();

    enum Kind {
        PROMPT("prompts/get", "{'name':'wait'}", "/messages/0/content/text", "Prompt wait"),
        RESOURCE("resources/read", "{'uri':'wait://1'}", "/contents/0/text", "Resource wait://1"),
        TEMPLATE("resources/read", "{'uri':'wait://5/x'}", "/contents/0/text", "Resource wait://{id}/x"),
        COMPLETION("completion/complete",
                "{'ref':{'type':'ref/prompt','name':'wait'},'argument':{'name':'a','value':''}}",
                "/completion/values/0", "Completion for prompt wait"),
        LIST("tools/list", "{}", "/tools/0/name", "List of tools");

        private final String method;
        private final String params;
        private final String answer;
        private final String label;

        Kind(String method, String params, String answer, String label) {
            this.method = method;
            this.params = params.replace('\'', '"');
            this.answer = answer;
            this.label = label;
        }

        private ObjectNode params() {
            return (ObjectNode) Json.mapper().readTree(params);
        }

        private String answer() {
            return this == LIST ? "told" : "released";
        }
    }

    @BeforeEach
    void filter() {
        server.catalog().tools().visibleTo((tool, caller) -> {
            try {
                return gate.pass().equals("released");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Recorded modern(Kind kind) {
        return modern(kind.method, kind.params());
    }

    private Recorded modern(String method, ObjectNode params) {
        params.putObject("_meta").put(Names.PROTOCOL_VERSION, "2026-07-28").putObject(Names.CLIENT_CAPABILITIES);
        HttpLike.Client client = http.client().with(HttpLike.VERSION, "2026-07-28").with("Mcp-Method", method);
        String name = params.path("name").stringValue(params.path("uri").stringValue(""));
        return (name.isEmpty() ? client : client.with("Mcp-Name", name)).post(request(1, method, params));
    }

    private static Recorded legacy(HttpLike.Client client, int id, Kind kind) {
        return client.post(request(id, kind.method, kind.params()));
    }

    private static String request(int id, String method, ObjectNode params) {
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        return request.toString();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void work_isDoneInBothEras(Kind kind) throws Exception {
        gate.release(2);

        assertEquals(kind.answer(), modern(kind).result().at(kind.answer).stringValue(""));
        HttpLike.Client client = http.client().initialize("2025-11-25");
        assertEquals(kind.answer(), legacy(client, 1, kind).result().at(kind.answer).stringValue(""));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void workThatTakesTooLong_isInterruptedAndFails(Kind kind) throws Exception {
        Recorded call = modern(kind);
        gate.awaitEntered(1);
        clock.advance(Duration.ofSeconds(32));

        assertEquals(kind.label + " timed out after 30 s", call.failed(-32603).error().message());
        gate.awaitInterrupted();
    }

    @Test
    void featuresOwnTime_countsInsteadOfTheServers() throws Exception {
        Recorded prompt = modern("prompts/get", Json.object().put("name", "short"));
        Recorded resource = modern("resources/read", Json.object().put("uri", "short://1"));
        gate.awaitEntered(2);
        clock.advance(Duration.ofSeconds(3));

        assertEquals("Prompt short timed out after 1 s", prompt.failed(-32603).error().message());
        assertEquals("Resource short://1 timed out after 1 s", resource.failed(-32603).error().message());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void workOfAClientThatIsGone_isInterrupted(Kind kind) throws Exception {
        Recorded call = modern(kind);
        gate.awaitEntered(1);
        call.abort();

        gate.awaitInterrupted();
        assertEquals(Answer.silent(), call.answer());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void workThatIsCancelled_isInterruptedAndNotAnswered(Kind kind) throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        Recorded call = legacy(client, 7, kind);
        gate.awaitEntered(1);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");

        gate.awaitInterrupted();
        assertEquals(Answer.silent(), call.answer());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void work_countsAmongTheCallsOfItsSession(Kind kind) throws Exception {
        HttpLike.Client client = http.client().initialize("2025-11-25");
        Recorded first = legacy(client, 1, kind);
        Recorded second = legacy(client, 2, kind);
        gate.awaitEntered(2);

        legacy(client, 3, kind).refused(Cause.CAPACITY, -31000);
        assertEquals(2, server.sessions().sessions().iterator().next().references());
        gate.release(2);
        first.result();
        second.result();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void workThatOutlastsTheServer_isGivenUp(Kind kind) throws Exception {
        Recorded call = modern(kind);
        gate.awaitEntered(1);
        server.close();

        call.refused(Cause.CAPACITY, -31000);
        gate.awaitInterrupted();
    }
}
