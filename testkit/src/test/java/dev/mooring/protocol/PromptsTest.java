package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.client.PromptInfo;
import dev.mooring.feature.Default;
import dev.mooring.feature.Description;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.Content;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.PromptResult;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.EveryRevision;
import dev.mooring.testkit.StrictClient;
import dev.mooring.testkit.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Prompts from their arguments to their messages. */
class PromptsTest {
    record Review(@Description("What to review") String code, @Default("3") int depth) {}

    private final TestServer server = TestServer.of(McpServer.named("prompts", "1")
            .prompt(Prompt.named("review")
                    .description("Reviews code")
                    .arguments(Review.class)
                    .messages((in, call) -> List.of(PromptMessage.user(in.code()),
                            PromptMessage.assistant("at depth " + in.depth()))))
            .prompt(Prompt.named("plain").noArguments().text((in, call) -> "hello"))
            .prompt(Prompt.named("refused").noArguments().text((in, call) -> {
                throw new ToolException("not today");
            }))
            .prompt(Prompt.named("broken").noArguments().text((in, call) -> {
                throw new StackOverflowError("secret");
            })));

    @AfterEach
    void close() {
        server.close();
    }

    @EveryRevision
    void prompt_isListedAndFilledIn(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            PromptInfo review = client.client().prompts().getLast();
            assertEquals("review", review.name());
            assertEquals("Reviews code", review.description());
            assertEquals(
                    List.of(PromptArgument.required("code", "What to review"), PromptArgument.optional("depth", "")),
                    review.arguments());

            PromptResult result = client.client().prompt("review", Map.of("code", "x = 1", "depth", "2"));
            assertEquals(List.of(PromptMessage.user("x = 1"), PromptMessage.assistant("at depth 2")),
                    result.messages());
        }
    }

    @EveryRevision
    void argumentsThatDoNotFit_areRefused(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertRefused(-32602, () -> client.client().prompt("review", Map.of()));
            assertRefused(-32602, () -> client.client().prompt("review", Map.of("code", "", "depth", "deep")));
            assertRefused(-32602, () -> client.client().prompt("plain", Map.of("code", "")));
            assertEquals("Invalid params: arguments.code must be a string",
                    assertRefused(-32602, () -> client.client()
                            .request("prompts/get",
                                    Json.object().put("name", "review").set("arguments", Json.object().put("code", 1))))
                            .error()
                            .message());
            assertEquals("hello", text(client.client().prompt("plain", Map.of())));
        }
    }

    private static String text(PromptResult result) {
        return result.messages().getFirst().content() instanceof Content.Text text ? text.text() : "";
    }

    @BothEras
    void unknownPrompt_isRefused(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals("Unknown prompt: nobody",
                    assertRefused(-32602, () -> client.client().prompt("nobody", Map.of())).error().message());
        }
    }

    @BothEras
    void handlerThatFails_saysOnlyWhatItMeantTo(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals("not today",
                    assertRefused(-32603, () -> client.client().prompt("refused", Map.of())).error().message());
            assertEquals("Prompt broken failed; the server's log says why",
                    assertRefused(-32603, () -> client.client().prompt("broken", Map.of())).error().message());
        }
    }
}
