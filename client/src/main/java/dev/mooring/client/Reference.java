package dev.mooring.client;

import dev.mooring.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What takes the argument that is to be completed. */
public sealed interface Reference {

    /** A prompt, by its name. */
    record Prompt(String name) implements Reference {}

    /** A resource template. */
    record ResourceTemplate(String uriTemplate) implements Reference {}

    static Reference prompt(String name) {
        return new Prompt(name);
    }

    static Reference resourceTemplate(String uriTemplate) {
        return new ResourceTemplate(uriTemplate);
    }

    /** The reference as it travels. */
    default ObjectNode tree() {
        return switch (this) {
            case Prompt(String name) -> Json.object().put("type", "ref/prompt").put("name", name);
            case ResourceTemplate(String uri) -> Json.object().put("type", "ref/resource").put("uri", uri);
        };
    }
}
