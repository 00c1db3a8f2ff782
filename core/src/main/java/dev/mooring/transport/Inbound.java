package dev.mooring.transport;

import dev.mooring.rpc.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A payload on its way in, with all the binding knows about it.
 *
 * @param session the session it names, on bindings where a message names one
 * @param link the shared channel it came on, on bindings that have one
 */
public record Inbound(
        Payload payload,
        Envelope envelope,
        Peer peer,
        @Nullable SessionKey session,
        @Nullable Link link) {}
