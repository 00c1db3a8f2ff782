package dev.mooring.conformance;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Features;
import dev.mooring.feature.Handler;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.model.Content;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** Tools without arguments, one for each kind of answer. */
final class ContentTools implements Plugin {
    @Override
    public void contribute(Catalog catalog) {
        Features<Tool> tools = catalog.tools();
        tools.add(about());
        tools.add(tool("test_simple_text", "Answers with text",
                Content.text("This is a simple text response for testing.")));
        tools.add(tool("test_image_content", "Answers with an image", Content.image(Samples.png(), "image/png")));
        tools.add(tool("test_audio_content", "Answers with a sound", Content.audio(Samples.wav(), "audio/wav")));
        tools.add(tool("test_embedded_resource", "Answers with a resource", resource()));
        tools.add(tool("test_multiple_content_types", "Answers with text, an image and a resource",
                Content.text("Multiple content types test:"), Content.image(Samples.png(), "image/png"), data()));
        tools.add(failing());
    }

    /** The first by name: the suite calls whatever comes first, without arguments. */
    private static Tool about() {
        return tool("about", "Says what this server is for",
                Content.text("The fixture of the MCP conformance suite, served by Mooring."));
    }

    private static Content resource() {
        return Content.resource(ResourceContents.text("test://embedded-resource", "text/plain",
                "This is an embedded resource content."));
    }

    private static Content data() {
        return Content.resource(ResourceContents.text("test://mixed-content-resource", "application/json",
                "{\"test\":\"data\",\"value\":123}"));
    }

    private static Tool failing() {
        return tool("test_error_handling", "Fails, and says so in its result", (none, call) -> {
            throw new ToolException("This tool intentionally returns an error for testing");
        });
    }

    private static Tool tool(String name, String description, Content... answer) {
        return tool(name, description, (none, call) -> ToolResult.of(answer));
    }

    private static Tool tool(String name, String description, Handler<ObjectNode, ToolResult> handler) {
        return Tool.named(name).description(description).noArguments().result(handler);
    }
}
