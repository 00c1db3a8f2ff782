package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.CacheHint;
import dev.mooring.model.Revision;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import tools.jackson.databind.node.ObjectNode;

/** How answers are put in a revision. Immutable. */
sealed interface Dialect {

    Revision revision();

    Writers writers();

    /** A result with what every result of this era carries; takes the tree over. */
    Message.Result result(RequestId id, ObjectNode result);

    /** The same, with what this era tells of how long the result may be kept. */
    Message.Result cacheable(RequestId id, ObjectNode result, CacheHint caching);

    default Message.Result toolResult(RequestId id, ToolResult result) {
        return result(id, writers().tools().result(result));
    }

    /** Arguments that do not fit: for the model to read since 2025-11-25, an error before. */
    default Message.Response invalidArguments(RequestId id, String message) {
        return revision().since(Revision.V2025_11_25) ? toolResult(id, ToolResult.error(message))
                : new Message.Failure(id, RpcError.invalidParams(message));
    }

    /** A revision with sessions. */
    record Legacy(Revision revision, Writers writers) implements Dialect {

        Legacy(Revision revision) {
            this(revision, Writers.of(revision));
        }

        @Override
        public Message.Result result(RequestId id, ObjectNode result) {
            return new Message.Result(id, result);
        }

        @Override
        public Message.Result cacheable(RequestId id, ObjectNode result, CacheHint caching) {
            return result(id, result);
        }
    }

    /** A revision whose requests stand alone. */
    record Modern(Revision revision, Writers writers, ObjectNode serverInfo) implements Dialect {

        static Modern of(Revision revision, ServerDescription server) {
            Writers writers = Writers.of(revision);
            return new Modern(revision, writers, writers.descriptions().implementation(server.info()));
        }

        @Override
        public Message.Result result(RequestId id, ObjectNode result) {
            return result(id, result, "complete");
        }

        /** The end of a round: what the client has to bring when it sends its request again. */
        Message.Result inputRequired(RequestId id, ObjectNode result) {
            return result(id, result, "input_required");
        }

        private Message.Result result(RequestId id, ObjectNode result, String type) {
            result.put("resultType", type);
            ObjectNode meta = result.get("_meta") instanceof ObjectNode given ? given.deepCopy() : Json.object();
            meta.set(Names.SERVER_INFO, serverInfo);
            result.set("_meta", meta);
            return new Message.Result(id, result);
        }

        @Override
        public Message.Result cacheable(RequestId id, ObjectNode result, CacheHint caching) {
            String scope = switch (caching.scope()) {
                case PUBLIC -> "public";
                case PRIVATE -> "private";
            };
            return result(id, result.put("ttlMs", caching.ttl().toMillis()).put("cacheScope", scope));
        }
    }
}
