package dev.mooring.protocol;

import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Content;
import dev.mooring.model.Revision;
import dev.mooring.model.ToolAnnotations;
import dev.mooring.model.ToolResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools and their results as a revision can carry them; members it does not know are left out. */
final class ToolWriter {
    private final Revision revision;
    private final DescriptionWriter descriptions;
    private final ContentWriter content;

    ToolWriter(Revision revision, DescriptionWriter descriptions, ContentWriter content) {
        this.revision = revision;
        this.descriptions = descriptions;
        this.content = content;
    }

    ObjectNode tool(Tool tool) {
        ObjectNode node = descriptions.feature(tool);
        node.set("inputSchema", tool.inputSchema());
        if (revision.since(Revision.V2025_03_26) && !tool.annotations().equals(ToolAnnotations.NONE)) {
            node.set("annotations", Json.mapper().valueToTree(tool.annotations()));
        }
        if (revision.since(Revision.V2025_06_18)) {
            tool.outputSchema().filter(this::canBeOutput).ifPresent(schema -> node.set("outputSchema", schema));
        }
        return node;
    }

    /** Before 2026-07-28 structured content is an object. */
    private boolean canBeOutput(ObjectNode schema) {
        return revision.modern() || schema.path("type").asString("").equals("object");
    }

    ObjectNode result(ToolResult result) {
        ObjectNode node = Json.object();
        ArrayNode blocks = node.putArray("content");
        for (Content block : result.content()) {
            blocks.add(content.write(block));
        }
        JsonNode structured = result.structured();
        if (structured != null && canCarry(structured)) {
            node.set("structuredContent", structured);
        } else if (structured != null && blocks.isEmpty()) {
            blocks.add(content.write(Content.text(structured.toString())));
        }
        if (result.isError()) {
            node.put("isError", true);
        }
        if (result.meta() != null) {
            node.set("_meta", result.meta());
        }
        return node;
    }

    private boolean canCarry(JsonNode structured) {
        return revision.modern() || (revision.since(Revision.V2025_06_18) && structured.isObject());
    }
}
