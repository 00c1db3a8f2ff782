package dev.mooring.testkit;

import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.Annotations;
import dev.mooring.model.Content;
import dev.mooring.model.Icon;
import dev.mooring.model.Implementation;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.ToolAnnotations;
import dev.mooring.model.ToolResult;
import dev.mooring.server.McpServer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The server of the transcripts: it says everything a revision can know, so that a test sees what each leaves out. */
final class TranscriptServer {
    private static final Icon ICON = new Icon("https://example.org/icon.png", "image/png", List.of("48x48"), "dark");
    private static final Annotations FOR_USERS = new Annotations(List.of("user"), 0.5, "2026-01-01T00:00:00Z");

    private TranscriptServer() {}

    /** What to add. */
    record Terms(int a, int b) {}

    /** What it came to. */
    record Total(int sum) {}

    static TestServer start() {
        return TestServer.of(McpServer
                .of(new Implementation("transcript", "1.0", "Transcript", "A server to talk to", "https://example.org",
                        List.of(ICON)))
                .instructions("Call add.")
                .tool(add())
                .tool(everything())
                .tool(list())
                .tool(fail()));
    }

    private static Tool add() {
        return Tool.named("add")
                .title("Add")
                .description("Adds two numbers.")
                .annotations(ToolAnnotations.NONE.readOnly())
                .icons(ICON)
                .meta(Json.object().put("example.org/cost", 1))
                .arguments(Terms.class)
                .structured(Total.class, (in, call) -> new Total(in.a() + in.b()));
    }

    private static Tool everything() {
        ObjectNode meta = Json.object().put("example.org/part", 1);
        return Tool.named("everything")
                .description("All kinds of content.")
                .noArguments()
                .result((in, call) -> ToolResult
                        .of(new Content.Text("text", FOR_USERS, meta), Content.image(new byte[]{1, 2, 3}, "image/png"),
                                new Content.Audio("AQI=", "audio/wav", FOR_USERS, null),
                                new Content.ResourceLink("test://link", "link", "Link", "A link", "text/plain", 5L,
                                        List.of(ICON), null, meta),
                                Content.resource(ResourceContents.text("test://text", "text/plain", "inside")),
                                Content.resource(ResourceContents.blob("test://blob", "image/png", new byte[]{4})))
                        .withMeta(Json.object().put("example.org/whole", true)));
    }

    private static Tool list() {
        return Tool.named("list")
                .description("Structured content that is no object.")
                .noArguments()
                .outputSchema(Json.object().put("type", "array"))
                .result((in, call) -> ToolResult.of().withStructured(Json.array().add(1).add("two")));
    }

    private static Tool fail() {
        return Tool.named("fail").description("Fails.").noArguments().text((in, call) -> {
            throw new ToolException("as asked");
        });
    }
}
