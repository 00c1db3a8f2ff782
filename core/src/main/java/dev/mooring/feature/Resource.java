package dev.mooring.feature;

import dev.mooring.model.ResourceContents;
import java.util.List;
import java.util.OptionalLong;

/**
 * A resource with a URI of its own: what the client is told of it, and the work of reading it. Immutable; made by {@link #at}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources">Resources</a>
 */
public final class Resource extends ResourceFeature {
    private final String uri;
    private final long size;
    private final Reader<List<ResourceContents>> work;

    Resource(ResourceBuilder builder, Reader<List<ResourceContents>> work) {
        super(builder);
        this.uri = builder.uri;
        this.size = builder.size;
        this.work = work;
    }

    /**
     * The work of reading a resource. Runs on a virtual thread of its own and may block; it is interrupted when the call is
     * cancelled or its time is up. Called concurrently.
     *
     * @param <R> what is read
     */
    @FunctionalInterface
    public interface Reader<R> {

        /**
         * Reads.
         *
         * @throws ResourceNotFoundException if it is not there
         * @throws ToolException to fail with words for the client to read
         * @throws Exception is logged, and reported to the client without its text
         */
        R read(Call call) throws Exception;
    }

    /**
     * Begins a resource.
     *
     * @param uri unique in its server
     */
    public static ResourceBuilder at(String uri) {
        return new ResourceBuilder(uri);
    }

    @Override
    public String key() {
        return uri;
    }

    public String uri() {
        return uri;
    }

    /** How many bytes it has, before any encoding; empty if that was not told. */
    public OptionalLong size() {
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /**
     * Reads it on this thread.
     *
     * @throws ResourceNotFoundException if it is not there
     */
    public List<ResourceContents> read(Call call) throws Exception {
        return work.read(call);
    }
}
