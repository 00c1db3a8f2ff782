package dev.mooring.protocol;

import dev.mooring.feature.Feature;
import dev.mooring.feature.Features;
import dev.mooring.json.Json;
import dev.mooring.model.CacheHint;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of one kind of features, told page by page. Thread-safe.
 *
 * @param member what the list is called in its results
 * @param entry writes a feature
 */
record FeatureList<F extends Feature>(
        String member,
        Features<F> features,
        BiFunction<Writers, F, ObjectNode> entry,
        CacheHint caching,
        int pageSize) {

    /** A page: at once where everybody sees the same; as a call where somebody has to be asked who may see what. */
    Resolution page(Message.Request request, Dialect dialect) {
        String after = Cursors.read(member, Params.of(request).get("cursor"));
        return features.restricted() ? new Filtered<>(this, after)
                : new Resolution.Answered(
                        dialect.cacheable(request.id(), page(dialect, after, feature -> true), caching));
    }

    private ObjectNode page(Dialect dialect, @Nullable String after, Predicate<F> visible) {
        ObjectNode result = Json.object();
        ArrayNode page = result.putArray(member);
        String last = "";
        Collection<F> rest = after == null ? features.all() : features.after(after);
        for (F feature : rest) {
            if (visible.test(feature)) {
                if (page.size() == pageSize) {
                    result.put("nextCursor", Cursors.after(member, last));
                    break;
                }
                page.add(entry.apply(dialect.writers(), feature));
                last = feature.key();
            }
        }
        return result;
    }

    /** A page of what the caller may see. Private, whoever may see what is on it, so that all pages have one scope. */
    private record Filtered<F extends Feature>(FeatureList<F> list, @Nullable String after) implements Invocation {

        @Override
        public String label() {
            return "List of " + list.member();
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.empty();
        }

        @Override
        public Message.Response run(RunningCall call) {
            ObjectNode page = list.page(call.dialect(), after, feature -> list.features().visible(feature, call));
            return call.dialect().cacheable(call.id(), page, list.caching().asPrivate());
        }
    }
}
