package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One block of a message to or from a model: text, an image or a sound as in {@link Content}, or what a model does with
 * tools.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling#sampling-with-tools">Sampling with
 *     Tools</a>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Content.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Content.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Content.Audio.class, name = "audio"),
    @JsonSubTypes.Type(value = SamplingContent.ToolUse.class, name = "tool_use"),
    @JsonSubTypes.Type(value = SamplingContent.ToolOutcome.class, name = "tool_result")})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface SamplingContent
        permits Content.Text, Content.Image, Content.Audio, SamplingContent.ToolUse, SamplingContent.ToolOutcome {

    /**
     * The model wants a tool called; since 2025-11-25.
     *
     * @param id names this use; its outcome repeats it
     */
    record ToolUse(
            String id,
            String name,
            @JsonInclude(JsonInclude.Include.ALWAYS) ObjectNode input,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements SamplingContent {
        public ToolUse {
            Required.check("id", id, "name", name, "input", input);
        }
    }

    /** What the use of a tool came to, for the model to go on with; since 2025-11-25. */
    record ToolOutcome(
            String toolUseId,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Content> content,
            @Nullable JsonNode structuredContent,
            @Nullable Boolean isError,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements SamplingContent {
        public ToolOutcome {
            Required.check("toolUseId", toolUseId, "content", content);
            content = List.copyOf(content);
        }

        /** This outcome alone as the message that follows its use. */
        public SamplingMessage message() {
            return SamplingMessage.user(this);
        }

        /** The outcome of a use, from what a tool returned. */
        public static ToolOutcome of(ToolUse use, ToolResult result) {
            return new ToolOutcome(use.id(), result.content(), result.structured(), result.isError() ? true : null,
                    null);
        }
    }
}
