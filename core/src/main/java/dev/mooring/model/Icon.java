package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture for a tool or a server.
 *
 * @param src an https or data URI
 * @param sizes like {@code 48x48} or {@code any}; empty if any will do
 * @param theme {@code light} or {@code dark}: the background it is made for
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Icon(String src, @Nullable String mimeType, List<String> sizes, @Nullable String theme) {
    public Icon {
        sizes = sizes == null ? List.of() : List.copyOf(sizes);
    }

    public Icon(String src) {
        this(src, null, List.of(), null);
    }
}
