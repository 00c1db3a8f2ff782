package dev.mooring.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource as a server lists it.
 *
 * @param tree the whole entry, with what has no component here
 */
public record ResourceInfo(
        String uri,
        String name,
        @Nullable String title,
        String description,
        @Nullable String mimeType,
        ObjectNode tree) {

    static ResourceInfo of(ObjectNode tree) {
        return new ResourceInfo(tree.path("uri").stringValue(""), tree.path("name").stringValue(""),
                tree.path("title").stringValue(null), tree.path("description").stringValue(""),
                tree.path("mimeType").stringValue(null), tree);
    }
}
