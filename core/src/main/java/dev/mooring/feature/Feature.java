package dev.mooring.feature;

import dev.mooring.model.Icon;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Something a server offers, under a key that tells it from others of its kind. Immutable. */
public abstract sealed class Feature permits Tool, Prompt, ResourceFeature {
    private final About about;

    Feature(FeatureBuilder<?> builder) {
        this.about = builder.about();
    }

    /** What clients ask for it by, and what lists are ordered by: a name, a URI or a URI template. */
    public abstract String key();

    public final String name() {
        return about.name();
    }

    /** A name for people. */
    public final Optional<String> title() {
        return Optional.ofNullable(about.title());
    }

    /** What it is for; may be empty. */
    public final String description() {
        return about.description();
    }

    public final List<Icon> icons() {
        return about.icons();
    }

    public final Optional<ObjectNode> meta() {
        return Optional.ofNullable(about.meta());
    }

    /** How long a call may take; empty if the server's limit holds. */
    public final Optional<Duration> timeout() {
        return Optional.ofNullable(about.timeout());
    }

    final @Nullable Predicate<Context> audience() {
        return about.audience();
    }

    /** Whether it suggests values for one of its arguments. */
    boolean completes() {
        return false;
    }
}
