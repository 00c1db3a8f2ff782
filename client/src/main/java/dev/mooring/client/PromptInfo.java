package dev.mooring.client;

import dev.mooring.model.PromptArgument;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt as a server lists it.
 *
 * @param tree the whole entry, with what has no component here
 */
public record PromptInfo(
        String name,
        @Nullable String title,
        String description,
        List<PromptArgument> arguments,
        ObjectNode tree) {

    static PromptInfo of(ObjectNode tree) {
        return new PromptInfo(tree.path("name").stringValue(""), tree.path("title").stringValue(null),
                tree.path("description").stringValue(""),
                tree.path("arguments").valueStream().map(PromptInfo::argument).toList(), tree);
    }

    private static PromptArgument argument(JsonNode tree) {
        return new PromptArgument(tree.path("name").stringValue(""), tree.path("title").stringValue(null),
                tree.path("description").stringValue(""), tree.path("required").asBoolean(false));
    }
}
