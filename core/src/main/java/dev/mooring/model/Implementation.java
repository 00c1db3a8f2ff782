package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client or a server by name, as it describes itself; nobody verifies it.
 *
 * @param title a name for people; since 2025-06-18
 * @param description since 2025-11-25, like {@code websiteUrl} and {@code icons}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Implementation(
        String name,
        String version,
        @Nullable String title,
        @Nullable String description,
        @Nullable String websiteUrl,
        List<Icon> icons) {

    public Implementation {
        icons = icons == null ? List.of() : List.copyOf(icons);
    }

    public Implementation(String name, String version) {
        this(name, version, null, null, null, List.of());
    }
}
