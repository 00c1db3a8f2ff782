package dev.mooring.protocol;

import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Content;
import dev.mooring.model.Implementation;
import dev.mooring.model.Revision;
import dev.mooring.model.ToolAnnotations;
import dev.mooring.model.ToolResult;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools, their results and implementations as a revision can carry them; members it does not know are left out. */
final class ToolWriter {
    private final Revision revision;
    private final ContentWriter content;

    ToolWriter(Revision revision) {
        this.revision = revision;
        this.content = new ContentWriter(revision);
    }

    ObjectNode list(Collection<Tool> tools) {
        ObjectNode result = Json.object();
        ArrayNode list = result.putArray("tools");
        tools.forEach(tool -> list.add(tool(tool)));
        return result;
    }

    private ObjectNode tool(Tool tool) {
        ObjectNode node = Json.object().put("name", tool.name());
        if (revision.since(Revision.V2025_06_18)) {
            tool.title().ifPresent(title -> node.put("title", title));
        }
        if (!tool.description().isEmpty()) {
            node.put("description", tool.description());
        }
        node.set("inputSchema", tool.inputSchema());
        if (revision.since(Revision.V2025_03_26) && !tool.annotations().equals(ToolAnnotations.NONE)) {
            node.set("annotations", Json.mapper().valueToTree(tool.annotations()));
        }
        if (revision.since(Revision.V2025_06_18)) {
            tool.outputSchema().filter(this::canBeOutput).ifPresent(schema -> node.set("outputSchema", schema));
            tool.meta().ifPresent(meta -> node.set("_meta", meta));
        }
        if (revision.since(Revision.V2025_11_25) && !tool.icons().isEmpty()) {
            node.set("icons", Json.mapper().valueToTree(tool.icons()));
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

    ObjectNode implementation(Implementation info) {
        ObjectNode node = Json.mapper().valueToTree(info);
        if (!revision.since(Revision.V2025_06_18)) {
            node.remove("title");
        }
        if (!revision.since(Revision.V2025_11_25)) {
            node.remove("description");
            node.remove("websiteUrl");
            node.remove("icons");
        }
        return node;
    }
}
