package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which model a server would like; the client decides. Priorities are from 0 to 1; absent: no preference.
 *
 * @param hints parts of names of models, the dearest first
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling#model-preferences">Model
 *     Preferences</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelPreferences(
        List<Hint> hints,
        @Nullable Double costPriority,
        @Nullable Double speedPriority,
        @Nullable Double intelligencePriority) {

    /** Part of a model's name. */
    public record Hint(@Nullable String name) {}

    public ModelPreferences {
        hints = hints == null ? List.of() : List.copyOf(hints);
        for (Double priority : Stream.of(costPriority, speedPriority, intelligencePriority).toList()) {
            if (priority != null && !(priority >= 0 && priority <= 1)) {
                throw new IllegalArgumentException("priority: " + priority + " (expected: 0 to 1)");
            }
        }
    }

    /** No more than parts of names. */
    public static ModelPreferences hints(String... names) {
        return new ModelPreferences(Stream.of(names).map(Hint::new).toList(), null, null, null);
    }
}
