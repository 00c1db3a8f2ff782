package dev.mooring.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool call came to.
 *
 * @param structured the result as data, matching the tool's output schema; since 2025-06-18
 * @param isError the tool failed; the content says how, for the model to read
 */
public record ToolResult(
        List<Content> content,
        @Nullable JsonNode structured,
        boolean isError,
        @Nullable ObjectNode meta) {

    public ToolResult {
        content = List.copyOf(content);
    }

    public static ToolResult of(Content... content) {
        return new ToolResult(List.of(content), null, false, null);
    }

    public static ToolResult text(String text) {
        return of(Content.text(text));
    }

    /** A failure the model may read and react to. */
    public static ToolResult error(String text) {
        return new ToolResult(List.of(Content.text(text)), null, true, null);
    }

    public ToolResult withStructured(JsonNode structured) {
        return new ToolResult(content, structured, isError, meta);
    }

    public ToolResult withMeta(ObjectNode meta) {
        return new ToolResult(content, structured, isError, meta);
    }

    /** All text blocks, joined by line ends. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (Content block : content) {
            if (block instanceof Content.Text text) {
                all.append(all.isEmpty() ? "" : "\n").append(text.text());
            }
        }
        return all.toString();
    }
}
