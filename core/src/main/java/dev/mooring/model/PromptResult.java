package dev.mooring.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a prompt comes to.
 *
 * @param description what it is for; absent if its listed description says so already
 */
public record PromptResult(@Nullable String description, List<PromptMessage> messages, @Nullable ObjectNode meta) {

    public PromptResult {
        messages = List.copyOf(messages);
    }

    public static PromptResult of(PromptMessage... messages) {
        return new PromptResult(null, List.of(messages), null);
    }

    public PromptResult withDescription(String description) {
        return new PromptResult(description, messages, meta);
    }

    public PromptResult withMeta(ObjectNode meta) {
        return new PromptResult(description, messages, meta);
    }
}
