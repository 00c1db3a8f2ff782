package dev.mooring.feature;

import dev.mooring.model.Annotations;
import dev.mooring.model.CacheHint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource or many of a kind: what the client is told of what can be read. Immutable. */
public abstract sealed class ResourceFeature extends Feature permits Resource, ResourceTemplate {
    private final @Nullable String mimeType;
    private final Annotations annotations;
    private final @Nullable CacheHint caching;

    ResourceFeature(ResourceFeatureBuilder<?> builder) {
        super(builder);
        this.mimeType = builder.mimeType;
        this.annotations = builder.annotations;
        this.caching = builder.caching;
    }

    public final Optional<String> mimeType() {
        return Optional.ofNullable(mimeType);
    }

    public final Annotations annotations() {
        return annotations;
    }

    /** How long what was read may be kept; empty if the server's hint holds. */
    public final Optional<CacheHint> caching() {
        return Optional.ofNullable(caching);
    }
}
