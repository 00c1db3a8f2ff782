package dev.mooring.protocol;

import dev.mooring.feature.Prompt;
import dev.mooring.json.Json;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.PromptResult;
import dev.mooring.model.Revision;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prompts and their messages as a revision can carry them. */
final class PromptWriter {
    private final Revision revision;
    private final DescriptionWriter descriptions;
    private final ContentWriter content;

    PromptWriter(Revision revision, DescriptionWriter descriptions, ContentWriter content) {
        this.revision = revision;
        this.descriptions = descriptions;
        this.content = content;
    }

    ObjectNode prompt(Prompt prompt) {
        ObjectNode node = descriptions.feature(prompt);
        if (!prompt.arguments().isEmpty()) {
            ArrayNode arguments = node.putArray("arguments");
            prompt.arguments().forEach(argument -> arguments.add(argument(argument)));
        }
        return node;
    }

    private ObjectNode argument(PromptArgument argument) {
        ObjectNode node = Json.object().put("name", argument.name());
        if (argument.title() != null && revision.since(Revision.V2025_06_18)) {
            node.put("title", argument.title());
        }
        if (!argument.description().isEmpty()) {
            node.put("description", argument.description());
        }
        return node.put("required", argument.required());
    }

    /** The result of {@code prompts/get}. */
    ObjectNode result(PromptResult result) {
        ObjectNode node = Json.object();
        if (result.description() != null) {
            node.put("description", result.description());
        }
        ArrayNode messages = node.putArray("messages");
        for (PromptMessage message : result.messages()) {
            messages.addObject().put("role", message.role().wire()).set("content", content.write(message.content()));
        }
        if (result.meta() != null) {
            node.set("_meta", result.meta());
        }
        return node;
    }
}
