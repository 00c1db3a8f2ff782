package dev.mooring.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource template as a server lists it.
 *
 * @param tree the whole entry, with what has no component here
 */
public record ResourceTemplateInfo(
        String uriTemplate,
        String name,
        @Nullable String title,
        String description,
        @Nullable String mimeType,
        ObjectNode tree) {

    static ResourceTemplateInfo of(ObjectNode tree) {
        return new ResourceTemplateInfo(tree.path("uriTemplate").stringValue(""), tree.path("name").stringValue(""),
                tree.path("title").stringValue(null), tree.path("description").stringValue(""),
                tree.path("mimeType").stringValue(null), tree);
    }
}
