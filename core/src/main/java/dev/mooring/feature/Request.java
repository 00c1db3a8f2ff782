package dev.mooring.feature;

import dev.mooring.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request on its way to what serves it, as an {@link Interceptor} sees it. A request that goes on with an earlier one,
 * because its client had to be asked, is a request of its own.
 *
 * @param method as the client names it; perhaps one this server does not have
 * @param feature what serves it, by its name, or its URI or URI template: one of those this server has, never a word of the
 *     client's. Empty if the method is not about one of them, or there is none of that name.
 * @param params what is asked, not checked yet. Not to be changed.
 * @param context who asks
 */
public record Request(String method, Optional<String> feature, ObjectNode params, Context context) {

    /** The arguments of a tool or a prompt; empty if there are none. Not to be changed. */
    public ObjectNode arguments() {
        return params.get("arguments") instanceof ObjectNode given ? given : Json.object();
    }
}
