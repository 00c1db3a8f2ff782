package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model said.
 *
 * @param model its name
 * @param stopReason why it stopped, such as {@code endTurn}, {@code maxTokens} or {@code toolUse}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SamplingResult(
        Role role,
        @JsonFormat(with = {
            JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
            JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED}) List<SamplingContent> content,
        String model,
        @Nullable String stopReason,
        @JsonProperty("_meta") @Nullable ObjectNode meta) {

    public SamplingResult {
        Required.check("role", role, "content", content, "model", model);
        content = List.copyOf(content);
    }

    /** Plain text, said to its end. */
    public static SamplingResult text(String model, String text) {
        return new SamplingResult(Role.ASSISTANT, List.of(Content.text(text)), model, "endTurn", null);
    }

    /** All text blocks, joined by line ends. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (SamplingContent block : content) {
            if (block instanceof Content.Text text) {
                all.append(all.isEmpty() ? "" : "\n").append(text.text());
            }
        }
        return all.toString();
    }

    /** The tools it wants called. */
    public List<SamplingContent.ToolUse> toolUses() {
        return content.stream()
                .filter(SamplingContent.ToolUse.class::isInstance)
                .map(SamplingContent.ToolUse.class::cast)
                .toList();
    }

    /** The same as a message of the conversation, to go on with it. */
    public SamplingMessage message() {
        return new SamplingMessage(role, content, meta);
    }
}
