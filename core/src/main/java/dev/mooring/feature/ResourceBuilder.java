package dev.mooring.feature;

import dev.mooring.model.ResourceContents;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** A resource in the making: say what it is, then what is read. Not thread-safe. */
public final class ResourceBuilder extends ResourceFeatureBuilder<ResourceBuilder> {
    final String uri;
    long size = -1;

    ResourceBuilder(String uri) {
        super(uri);
        try {
            if (!new URI(uri).isAbsolute()) {
                throw new IllegalArgumentException("uri: \"" + uri + "\" (expected: a URI with a scheme)");
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("uri: " + e.getMessage(), e);
        }
        this.uri = uri;
    }

    @Override
    ResourceBuilder self() {
        return this;
    }

    /** How many bytes it has, before any encoding. */
    public ResourceBuilder size(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("size: " + bytes + " (expected: >= 0)");
        }
        this.size = bytes;
        return this;
    }

    /** It is text. */
    public Resource text(Resource.Reader<String> reader) {
        return contents(call -> List.of(text(uri, reader.read(call))));
    }

    /** It is bytes. */
    public Resource blob(Resource.Reader<byte[]> reader) {
        return contents(call -> List.of(blob(uri, reader.read(call))));
    }

    /** It is several things, each with a URI of its own: a folder, say. */
    public Resource contents(Resource.Reader<List<ResourceContents>> reader) {
        return new Resource(this, reader);
    }
}
