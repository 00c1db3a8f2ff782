package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What one side says in a conversation with a model. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SamplingMessage(
        Role role,
        @JsonFormat(with = {
            JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
            JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED}) List<SamplingContent> content,
        @JsonProperty("_meta") @Nullable ObjectNode meta) {

    public SamplingMessage {
        Required.check("role", role, "content", content);
        content = List.copyOf(content);
    }

    public static SamplingMessage user(SamplingContent... content) {
        return new SamplingMessage(Role.USER, List.of(content), null);
    }

    public static SamplingMessage user(String text) {
        return user(Content.text(text));
    }

    public static SamplingMessage assistant(String text) {
        return new SamplingMessage(Role.ASSISTANT, List.of(Content.text(text)), null);
    }
}
