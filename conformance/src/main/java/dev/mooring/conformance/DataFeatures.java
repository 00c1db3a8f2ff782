package dev.mooring.conformance;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Completer;
import dev.mooring.feature.Description;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.json.Json;
import dev.mooring.model.Content;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.ResourceContents;
import java.util.List;

/** Resources, a template, prompts and completion. */
final class DataFeatures implements Plugin {

    record Two(@Description("The first argument") String arg1, @Description("The second argument") String arg2) {}

    record Embedded(@Description("The URI of the resource to embed") String resourceUri) {}

    @Override
    public void contribute(Catalog catalog) {
        catalog.resources().add(text("test://static-text", "This is the content of the static text resource."));
        catalog.resources()
                .add(Resource.at("test://static-binary")
                        .named("static-binary")
                        .description("One black pixel")
                        .mimeType("image/png")
                        .blob(call -> Samples.png()));
        catalog.resources().add(text("test://watched-resource", "A resource to subscribe to."));
        catalog.resourceTemplates().add(data());
        catalog.prompts()
                .add(Prompt.named("test_simple_prompt")
                        .description("Needs no arguments")
                        .noArguments()
                        .text((in, call) -> "This is a simple prompt for testing."));
        catalog.prompts().add(withArguments());
        catalog.prompts().add(withResource());
        catalog.prompts().add(withImage());
    }

    private static Resource text(String uri, String text) {
        return Resource.at(uri)
                .named(uri.substring("test://".length()))
                .description("Text that stays the same")
                .mimeType("text/plain")
                .text(call -> text);
    }

    private static ResourceTemplate data() {
        return ResourceTemplate.of("test://template/{id}/data")
                .named("template-data")
                .description("Data by its id")
                .mimeType("application/json")
                .completes("id", Completer.of(List.of("123", "456")))
                .text((in, call) -> Json.object()
                        .put("id", in.get("id"))
                        .put("templateTest", true)
                        .put("data", "Data for ID: " + in.get("id"))
                        .toString());
    }

    private static Prompt withArguments() {
        return Prompt.named("test_prompt_with_arguments")
                .description("Says its arguments")
                .arguments(Two.class)
                .completes("arg1", Completer.of(List.of("test one", "test two")))
                .text((in, call) -> "Prompt with arguments: arg1='" + in.arg1() + "', arg2='" + in.arg2() + "'");
    }

    private static Prompt withResource() {
        return Prompt.named("test_prompt_with_embedded_resource")
                .description("Embeds a resource")
                .arguments(Embedded.class)
                .messages((in, call) -> List.of(
                        PromptMessage.user(Content.resource(ResourceContents.text(in.resourceUri(), "text/plain",
                                "Embedded resource content for testing."))),
                        PromptMessage.user("Please process the embedded resource above.")));
    }

    private static Prompt withImage() {
        return Prompt.named("test_prompt_with_image")
                .description("Shows an image")
                .noArguments()
                .messages((in, call) -> List.of(PromptMessage.user(Content.image(Samples.png(), "image/png")),
                        PromptMessage.user("Please analyze the image above.")));
    }
}
