package dev.mooring.protocol;

import dev.mooring.rpc.RpcError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Cursors of lists. Every list here is one page, so no cursor was ever given out and any that comes back is wrong. */
final class Cursors {
    private Cursors() {}

    static @Nullable RpcError check(@Nullable ObjectNode params) {
        return params == null || !params.has("cursor") ? null
                : RpcError.invalidParams("Invalid params: unknown cursor " + params.get("cursor"));
    }
}
