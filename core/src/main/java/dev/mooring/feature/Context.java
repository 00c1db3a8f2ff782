package dev.mooring.feature;

import dev.mooring.auth.Principal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Who asks, and in what terms: what any code that works for one request may know of it. Thread-safe. */
public interface Context {

    /** Whether the client took its request back or the time for it is up. The thread that works is interrupted as well. */
    boolean cancelled();

    Client client();

    Principal principal();

    /** The session this request belongs to; empty for modern clients, which have none. */
    Optional<SessionView> session();

    /** State that outlives this request, for clients with and without sessions. */
    Handles handles();

    /** The request's {@code _meta}, empty if it has none. Not to be changed. */
    ObjectNode meta();

    /** Where this request belongs in a trace, as far as its client tells. */
    default TraceContext trace() {
        return TraceContext.of(meta());
    }
}
