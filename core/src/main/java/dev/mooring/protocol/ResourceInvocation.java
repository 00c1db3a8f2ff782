package dev.mooring.protocol;

import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceFeature;
import dev.mooring.feature.ResourceNotFoundException;
import dev.mooring.model.CacheHint;
import dev.mooring.model.ResourceContents;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One reading of a resource.
 *
 * @param uri what was asked for
 * @param feature what reads it
 * @param caching how long its contents may be kept, unless its client had to be asked
 */
record ResourceInvocation(
        String uri,
        ResourceFeature feature,
        Resource.Reader<List<ResourceContents>> reader,
        CacheHint caching) implements Invocation {

    @Override
    public String label() {
        return "Resource " + feature.key();
    }

    @Override
    public Optional<String> featureKey() {
        return Optional.of(feature.key());
    }

    @Override
    public Optional<Duration> timeout() {
        return feature.timeout();
    }

    @Override
    public Message.Response run(RunningCall call) throws Exception {
        try {
            ObjectNode contents = call.dialect().writers().resources().contents(reader.read(call));
            return call.dialect().cacheable(call.id(), contents, call.goesOn() ? CacheHint.NONE : caching);
        } catch (ResourceNotFoundException e) {
            return notFound(call);
        }
    }

    /** Variables that do not fit are those of no resource. */
    @Override
    public Message.Response misfit(RunningCall call, String message) {
        return notFound(call);
    }

    private Message.Response notFound(RunningCall call) {
        return new Message.Failure(call.id(), Errors.resourceNotFound(call.dialect().revision(), uri));
    }
}
