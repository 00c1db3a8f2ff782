package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client's model is asked.
 *
 * @param messages the conversation so far; each use of a tool is followed by a message with the outcomes and nothing else
 * @param maxTokens how much it may say
 * @param metadata passed through to the model's provider
 * @param tools what the model may use; since 2025-11-25
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling">Sampling</a>, deprecated by the
 *     specification since 2026-07-28
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SamplingRequest(
        List<SamplingMessage> messages,
        int maxTokens,
        @Nullable String systemPrompt,
        @Nullable ModelPreferences modelPreferences,
        @Nullable Double temperature,
        List<String> stopSequences,
        @Nullable ObjectNode metadata,
        List<SamplingTool> tools,
        @Nullable ToolChoice toolChoice) {

    public SamplingRequest {
        Required.check("messages", messages);
        messages = List.copyOf(messages);
        stopSequences = stopSequences == null ? List.of() : List.copyOf(stopSequences);
        tools = tools == null ? List.of() : List.copyOf(tools);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens: " + maxTokens + " (expected: >= 1)");
        }
        checkOutcomes(messages);
    }

    /** A conversation and nothing else. */
    public static SamplingRequest of(int maxTokens, SamplingMessage... messages) {
        return new SamplingRequest(List.of(messages), maxTokens, null, null, null, List.of(), null, List.of(), null);
    }

    /** One thing a user says. */
    public static SamplingRequest of(String text, int maxTokens) {
        return of(maxTokens, SamplingMessage.user(text));
    }

    /** The conversation goes on. */
    public SamplingRequest and(SamplingMessage... more) {
        List<SamplingMessage> all = new ArrayList<>(messages);
        all.addAll(List.of(more));
        return new SamplingRequest(all, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences, metadata,
                tools, toolChoice);
    }

    public SamplingRequest withSystemPrompt(String systemPrompt) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences,
                metadata, tools, toolChoice);
    }

    public SamplingRequest withModelPreferences(ModelPreferences modelPreferences) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences,
                metadata, tools, toolChoice);
    }

    public SamplingRequest withTemperature(double temperature) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences,
                metadata, tools, toolChoice);
    }

    public SamplingRequest withStopSequences(String... stopSequences) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature,
                List.of(stopSequences), metadata, tools, toolChoice);
    }

    public SamplingRequest withMetadata(ObjectNode metadata) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences,
                metadata.deepCopy(), tools, toolChoice);
    }

    public SamplingRequest withTools(SamplingTool... tools) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences,
                metadata, List.of(tools), toolChoice);
    }

    public SamplingRequest withToolChoice(ToolChoice toolChoice) {
        return new SamplingRequest(messages, maxTokens, systemPrompt, modelPreferences, temperature, stopSequences,
                metadata, tools, toolChoice);
    }

    /** Providers refuse a conversation in which a use of a tool has no outcome, or outcomes are mixed with other content. */
    private static void checkOutcomes(List<SamplingMessage> messages) {
        Set<String> open = Set.of();
        for (SamplingMessage message : messages) {
            Set<String> outcomes = message.content()
                    .stream()
                    .filter(SamplingContent.ToolOutcome.class::isInstance)
                    .map(block -> ((SamplingContent.ToolOutcome) block).toolUseId())
                    .collect(Collectors.toSet());
            if (!outcomes.equals(open) || (!outcomes.isEmpty() && outcomes.size() != message.content().size())) {
                throw new IllegalArgumentException("messages: outcomes of " + outcomes + " (expected: of " + open
                        + ", in a message of their own)");
            }
            open = message.content()
                    .stream()
                    .filter(SamplingContent.ToolUse.class::isInstance)
                    .map(block -> ((SamplingContent.ToolUse) block).id())
                    .collect(Collectors.toSet());
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("messages: no outcome of " + open + " (expected: one of each use)");
        }
    }
}
