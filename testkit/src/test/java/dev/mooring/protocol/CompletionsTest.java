package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.client.McpClient;
import dev.mooring.client.Reference;
import dev.mooring.feature.Completer;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.json.Json;
import dev.mooring.model.Completion;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.EveryRevision;
import dev.mooring.testkit.StrictClient;
import dev.mooring.testkit.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.node.ObjectNode;

/** Values suggested for arguments of prompts and variables of templates. */
class CompletionsTest {
    enum Size {
        SMALL,
        LARGE
    }

    record Order(Size size) {}

    private static final Reference REVIEW = Reference.prompt("review");
    private static final List<String> MANY = IntStream.range(0, 101).mapToObj(i -> "value " + i).toList();

    private final TestServer server = TestServer.of(McpServer.named("completion", "1")
            .prompt(Prompt.named("review")
                    .arguments(PromptArgument.required("language", ""), PromptArgument.optional("framework", ""),
                            PromptArgument.optional("many", ""), PromptArgument.optional("some", ""),
                            PromptArgument.optional("free", ""), PromptArgument.optional("broken", ""))
                    .completes("language", Completer.of(List.of("java", "python")))
                    .completes("framework", (asked, context) -> Completion.of(List.of(asked + "")))
                    .completes("many", (asked, context) -> Completion.of(MANY))
                    .completes("some", (asked, context) -> new Completion(List.of("one"), null, true))
                    .completes("broken", (asked, context) -> {
                        throw new IllegalStateException("secret");
                    })
                    .text((in, call) -> ""))
            .resourceTemplate(ResourceTemplate.of("order:{size}").variables(Order.class).text((in, call) -> "")));

    @AfterEach
    void close() {
        server.close();
    }

    @EveryRevision
    void whatIsTyped_isCompleted(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            McpClient client = strict.client();
            assertEquals(new Completion(List.of("python"), 1, false),
                    client.complete(REVIEW, "language", "py", Map.of()));
            assertEquals(new Completion(List.of("LARGE"), 1, false),
                    client.complete(Reference.resourceTemplate("order:{size}"), "size", "la", Map.of()));
        }
    }

    @EveryRevision
    void valuesBeyondAHundred_areCountedAndLeftOut(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals(new Completion(MANY.subList(0, 100), 101, true),
                    client.client().complete(REVIEW, "many", "", Map.of()));
            assertEquals(new Completion(List.of("one"), null, true),
                    client.client().complete(REVIEW, "some", "", Map.of()));
        }
    }

    @EveryRevision
    void otherArguments_areToldSince20250618(Revision revision) throws Exception {
        String others = revision.since(Revision.V2025_06_18) ? "{language=java}" : "{}";
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals(List.of("CompletionRequest[argument=framework, value=sp, arguments=" + others + "]"),
                    client.client().complete(REVIEW, "framework", "sp", Map.of("language", "java")).values());
        }
    }

    @BothEras
    void argumentThatNothingIsSuggestedFor_hasNoValues(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals(Completion.NONE, client.client().complete(REVIEW, "free", "x", Map.of()));
        }
    }

    @BothEras
    void completerThatBreaks_failsWithoutItsWords(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals("Completion for prompt review failed; the server's log says why",
                    assertRefused(-32603, () -> client.client().complete(REVIEW, "broken", "", Map.of())).error()
                            .message());
        }
    }

    @BothEras
    void whatIsNotThere_isRefused(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            McpClient client = strict.client();
            assertRefused(-32602, () -> client.complete(REVIEW, "nothing", "", Map.of()));
            assertRefused(-32602, () -> client.complete(Reference.prompt("nobody"), "language", "", Map.of()));
            assertRefused(-32602, () -> client.complete(Reference.resourceTemplate("x:{y}"), "y", "", Map.of()));
        }
    }

    @BothEras
    void requestOfAnotherShape_isRefusedByTheNameOfItsMember(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            for (String[] wrong : new String[][]{{"{}", "argument.name"}, {"{'argument':[]}", "argument"},
                {"{'argument':{'name':'language'}}", "argument.value"},
                {"{'argument':{'name':'language','value':''}}", "ref.type"},
                {"{'argument':{'name':'language','value':''},'ref':{'type':'ref/prompt'}}", "ref.name"},
                {"{'argument':{'name':'language','value':''},'ref':{'type':'ref/resource'}}", "ref.uri"},
                {"{'argument':{'name':'language','value':''},'ref':{'type':'prompt'}}", "ref.type"},
                {"{'argument':{'name':'language','value':''},'context':{'arguments':{'a':1}}}",
                    "context.arguments.a"}}) {
                ObjectNode params = (ObjectNode) Json.mapper().readTree(wrong[0].replace('\'', '"'));
                String said =
                        assertRefused(-32602, () -> strict.client().request("completion/complete", params)).error()
                                .message();
                assertEquals("Invalid params: " + wrong[1] + " must be",
                        said.substring(0, said.indexOf(" must be") + 8));
            }
        }
    }
}
