package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code subscriptions/listen} stream is to tell of.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions#notification-filter">
 *     Notification Filter</a>
 */
record NoticeFilter(SequencedSet<Change> changes) {
    static final NoticeFilter NOTHING = new NoticeFilter(new LinkedHashSet<>());

    private static final String RESOURCES = "resourceSubscriptions";

    NoticeFilter {
        changes = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(changes));
    }

    /**
     * Reads what a client asks for.
     *
     * @throws RpcException if that is misshapen, or too much
     */
    static NoticeFilter read(Params params, SubscriptionLimits limits) {
        if (params.get("notifications") == null) {
            throw params.wrong("notifications", "an object");
        }
        Params filter = params.object("notifications");
        SequencedSet<Change> changes = new LinkedHashSet<>();
        for (Change.Listing list : Change.Listing.values()) {
            if (filter.flag(list.filter())) {
                changes.add(list);
            }
        }
        List<String> uris = filter.listOfTexts(RESOURCES);
        long characters = uris.stream().mapToLong(String::length).sum();
        if (!limits.allow(uris.size(), characters)) {
            throw new RpcException(RpcError
                    .invalidParams("Invalid params: notifications." + RESOURCES + " has " + uris.size() + " URIs of "
                            + characters + " characters together (expected: at most " + limits.words() + ")"));
        }
        uris.forEach(uri -> changes.add(new Change.Resource(uri)));
        return new NoticeFilter(changes);
    }

    /** Whether it names resources. */
    boolean namesResources() {
        return changes.stream().anyMatch(change -> change instanceof Change.Resource);
    }

    /** What of it fits. */
    NoticeFilter only(Predicate<Change> fits) {
        SequencedSet<Change> fitting = new LinkedHashSet<>(changes);
        fitting.removeIf(fits.negate());
        return new NoticeFilter(fitting);
    }

    /** As it travels. */
    ObjectNode tree() {
        ObjectNode tree = Json.object();
        ArrayNode uris = Json.array();
        for (Change change : changes) {
            switch (change) {
                case Change.Listing list -> tree.put(list.filter(), true);
                case Change.Resource(String uri) -> uris.add(uri);
            }
        }
        if (!uris.isEmpty()) {
            tree.set(RESOURCES, uris);
        }
        return tree;
    }
}
