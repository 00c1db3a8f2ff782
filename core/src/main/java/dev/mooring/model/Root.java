package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder or file the client works on.
 *
 * @param uri a {@code file:} URI
 * @param name for people to read
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/roots">Roots</a>, deprecated by the
 *     specification since 2026-07-28
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Root(String uri, @Nullable String name, @JsonProperty("_meta") @Nullable ObjectNode meta) {

    public Root {
        if (uri == null) {
            throw new IllegalArgumentException("uri: null (expected: a file URI)");
        }
    }

    public Root(String uri, String name) {
        this(uri, name, null);
    }
}
