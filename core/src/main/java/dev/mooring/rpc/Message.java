package dev.mooring.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON-RPC 2.0 message. The trees inside are shared, not copied: whoever hands a message on no longer changes them.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
public sealed interface Message {

    /** A call that wants an answer. */
    record Request(RequestId id, String method, @Nullable ObjectNode params) implements Message {}

    /** A message that is never answered. */
    record Notification(String method, @Nullable ObjectNode params) implements Message {}

    /** The answer to a request. */
    sealed interface Response extends Message {

        /** The id of the request; absent only on a failure to a request whose id could not be read. */
        @Nullable
        RequestId id();
    }

    /** The answer to a request that succeeded. */
    record Result(RequestId id, JsonNode result) implements Response {}

    /** The answer to a request that failed. Without an id the member is left out on the wire, never {@code null}. */
    record Failure(@Nullable RequestId id, RpcError error) implements Response {}
}
