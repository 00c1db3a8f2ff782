package dev.mooring.feature;

import dev.mooring.model.Icon;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A feature in the making: what can be said of any. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class FeatureBuilder<B extends FeatureBuilder<B>>
        permits ToolBuilder, PromptBuilder, ResourceFeatureBuilder {
    private String name;
    private @Nullable String title;
    private String description = "";
    private List<Icon> icons = List.of();
    private @Nullable ObjectNode meta;
    private @Nullable Duration timeout;
    private @Nullable Predicate<Context> audience;

    FeatureBuilder(String name) {
        this.name = name;
    }

    abstract B self();

    final String name() {
        return name;
    }

    final B name(String name) {
        this.name = name;
        return self();
    }

    final About about() {
        return new About(name, title, description, icons, meta, timeout, audience);
    }

    /** A name for people. */
    public final B title(String title) {
        this.title = title;
        return self();
    }

    /** What it is for, for the model and for people to read. */
    public final B description(String description) {
        this.description = description;
        return self();
    }

    public final B icons(Icon... icons) {
        this.icons = List.of(icons);
        return self();
    }

    /** Its {@code _meta}, passed through. */
    public final B meta(ObjectNode meta) {
        this.meta = meta.deepCopy();
        return self();
    }

    /** How long a call may take, instead of the server's limit. */
    public final B timeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
        }
        this.timeout = timeout;
        return self();
    }

    /**
     * It exists for these callers alone: nobody else is told of it or can use it.
     *
     * @param audience asked anew for each request, on the request's own thread; may block. Where it throws, the feature
     *     stays hidden. It goes by who the caller is: what a caller sees must not depend on requests it made before.
     */
    public final B visibleTo(Predicate<Context> audience) {
        this.audience = audience;
        return self();
    }
}
