package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is in a resource: text, or bytes as Base64. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(ResourceContents.Text.class), @JsonSubTypes.Type(ResourceContents.Blob.class)})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ResourceContents {

    String uri();

    @Nullable
    String mimeType();

    static Text text(String uri, String mimeType, String text) {
        return new Text(uri, mimeType, text, null);
    }

    static Blob blob(String uri, String mimeType, byte[] bytes) {
        return new Blob(uri, mimeType, Base64.getEncoder().encodeToString(bytes), null);
    }

    /** Text. */
    record Text(String uri, @Nullable String mimeType, String text, @JsonProperty("_meta") @Nullable ObjectNode meta)
            implements
                ResourceContents {}

    /** Bytes, as Base64. */
    record Blob(String uri, @Nullable String mimeType, String blob, @JsonProperty("_meta") @Nullable ObjectNode meta)
            implements
                ResourceContents {}
}
