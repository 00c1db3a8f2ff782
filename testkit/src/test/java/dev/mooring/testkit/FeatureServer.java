package dev.mooring.testkit;

import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceNotFoundException;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.json.Json;
import dev.mooring.model.Annotations;
import dev.mooring.model.CacheHint;
import dev.mooring.model.Completion;
import dev.mooring.model.Content;
import dev.mooring.model.Icon;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.PromptResult;
import dev.mooring.model.ResourceContents;
import dev.mooring.server.McpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The server of the transcripts about resources, prompts and completion: it says everything a revision can know of them. */
final class FeatureServer {
    private static final Icon ICON = new Icon("https://example.org/icon.png");
    private static final Annotations FOR_USERS = new Annotations(List.of("user"), 0.5, "2026-01-01T00:00:00Z");
    private static final ObjectNode META = Json.object().put("example.org/m", 1);

    private FeatureServer() {}

    static TestServer start() {
        return TestServer.of(McpServer.named("features", "1")
                .pageSize(2)
                .resource(everything())
                .resource(Resource.at("test://bytes").mimeType("image/png").blob(call -> new byte[]{1, 2}))
                .resource(Resource.at("test://two")
                        .contents(call -> List.of(ResourceContents.text("test://two/a", "text/plain", "a"),
                                new ResourceContents.Blob("test://two/b", null, "AQI=", META))))
                .resourceTemplate(note())
                .prompt(Prompt.named("plain").noArguments().text((in, call) -> "Say hello."))
                .prompt(review()));
    }

    private static Resource everything() {
        return Resource.at("test://all")
                .named("all")
                .title("All")
                .description("Everything")
                .mimeType("text/plain")
                .size(5)
                .annotations(FOR_USERS)
                .icons(ICON)
                .meta(META)
                .caching(CacheHint.forAll(Duration.ofSeconds(5)))
                .text(call -> "hello");
    }

    private static ResourceTemplate note() {
        return ResourceTemplate.of("note://{id}")
                .named("note")
                .title("Note")
                .description("A note")
                .mimeType("text/plain")
                .annotations(FOR_USERS)
                .icons(ICON)
                .meta(META)
                .completes("id", (asked, context) -> Completion.matching(asked.value(), List.of("5", "55")))
                .text((in, call) -> {
                    if (in.get("id").equals("0")) {
                        throw new ResourceNotFoundException();
                    }
                    return "note " + in.get("id");
                });
    }

    private static Prompt review() {
        return Prompt.named("review")
                .title("Review")
                .description("Reviews code")
                .icons(ICON)
                .meta(META)
                .arguments(new PromptArgument("code", "Code", "What to review", true),
                        PromptArgument.optional("language", ""))
                .completes("language",
                        (asked, context) -> new Completion(List.of(asked.value() + asked.arguments()), 10, true))
                .result(FeatureServer::messages);
    }

    private static PromptResult messages(Map<String, String> in, Object call) {
        return new PromptResult("As asked",
                List.of(PromptMessage.user("Review " + in.get("code")), PromptMessage.assistant("Gladly."),
                        PromptMessage.user(new Content.Audio("AQI=", "audio/wav", FOR_USERS, META)),
                        PromptMessage.user(Content.image(new byte[]{1}, "image/png")),
                        PromptMessage.user(Content.link("test://all", "all")),
                        PromptMessage
                                .user(Content.resource(ResourceContents.text("test://all", "text/plain", "hello")))),
                META);
    }
}
