package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a piece of content is for and how much it matters.
 *
 * @param audience {@code user}, {@code assistant} or both; empty if not said
 * @param priority from 0 (optional) to 1 (required)
 * @param lastModified an ISO 8601 time; since 2025-06-18
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Annotations(List<String> audience, @Nullable Double priority, @Nullable String lastModified) {
    public static final Annotations NONE = new Annotations(List.of(), null, null);

    public Annotations {
        audience = audience == null ? List.of() : List.copyOf(audience);
        if (priority != null && !(priority >= 0 && priority <= 1)) {
            throw new IllegalArgumentException("priority: " + priority + " (expected: 0 to 1)");
        }
    }
}
