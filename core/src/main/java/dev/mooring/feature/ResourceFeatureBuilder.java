package dev.mooring.feature;

import dev.mooring.model.Annotations;
import dev.mooring.model.CacheHint;
import dev.mooring.model.ResourceContents;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Something to read, in the making. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ResourceFeatureBuilder<B extends ResourceFeatureBuilder<B>> extends FeatureBuilder<B>
        permits ResourceBuilder, ResourceTemplateBuilder {
    @Nullable
    String mimeType;

    Annotations annotations = Annotations.NONE;

    @Nullable
    CacheHint caching;

    ResourceFeatureBuilder(String name) {
        super(name);
    }

    /** A name, which need not be unique; without one it goes by what it is read by. */
    public final B named(String name) {
        return name(name);
    }

    public final B mimeType(String mimeType) {
        this.mimeType = mimeType;
        return self();
    }

    /** Who it is for, how much it matters, and when it was last changed. */
    public final B annotations(Annotations annotations) {
        this.annotations = annotations;
        return self();
    }

    /** How long what was read may be kept, instead of the server's hint. */
    public final B caching(CacheHint caching) {
        this.caching = caching;
        return self();
    }

    final ResourceContents text(String uri, String text) {
        return new ResourceContents.Text(uri, mimeType, text, null);
    }

    final ResourceContents blob(String uri, byte[] bytes) {
        return new ResourceContents.Blob(uri, mimeType, Base64.getEncoder().encodeToString(bytes), null);
    }
}
