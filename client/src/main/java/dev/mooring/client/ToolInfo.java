package dev.mooring.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as a server lists it.
 *
 * @param tree the whole entry, with what has no component here
 */
public record ToolInfo(
        String name,
        @Nullable String title,
        String description,
        ObjectNode inputSchema,
        @Nullable ObjectNode outputSchema,
        ObjectNode tree) {

    static ToolInfo of(ObjectNode tree) {
        return new ToolInfo(tree.path("name").stringValue(""), tree.path("title").stringValue(null),
                tree.path("description").stringValue(""), (ObjectNode) tree.path("inputSchema"),
                tree.get("outputSchema") instanceof ObjectNode schema ? schema : null, tree);
    }
}
