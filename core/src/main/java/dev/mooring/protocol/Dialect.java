package dev.mooring.protocol;

import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import java.util.Collection;
import tools.jackson.databind.node.ObjectNode;

/** How answers are put in a revision. Immutable. */
sealed interface Dialect {

    Revision revision();

    ToolWriter writer();

    /** A result with what every result of this era carries; takes the tree over. */
    Message.Result result(RequestId id, ObjectNode result);

    Message.Result toolList(RequestId id, Collection<Tool> tools);

    default Message.Result toolResult(RequestId id, ToolResult result) {
        return result(id, writer().result(result));
    }

    /** Arguments that do not fit: for the model to read since 2025-11-25, an error before. */
    default Message.Response invalidArguments(RequestId id, String message) {
        return revision().since(Revision.V2025_11_25) ? toolResult(id, ToolResult.error(message))
                : new Message.Failure(id, RpcError.invalidParams(message));
    }

    /** A revision with sessions. */
    record Legacy(Revision revision, ToolWriter writer) implements Dialect {

        Legacy(Revision revision) {
            this(revision, new ToolWriter(revision));
        }

        @Override
        public Message.Result result(RequestId id, ObjectNode result) {
            return new Message.Result(id, result);
        }

        @Override
        public Message.Result toolList(RequestId id, Collection<Tool> tools) {
            return result(id, writer.list(tools));
        }
    }

    /** A revision whose requests stand alone. */
    record Modern(Revision revision, ToolWriter writer, ObjectNode serverInfo) implements Dialect {
        /** Tools may change at any time, and nobody is told yet. */
        private static final int LIST_TTL_MILLIS = 0;

        private static final int DISCOVER_TTL_MILLIS = 60_000;

        static Modern of(Revision revision, ServerDescription server) {
            ToolWriter writer = new ToolWriter(revision);
            return new Modern(revision, writer, writer.implementation(server.info()));
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
        public Message.Result toolList(RequestId id, Collection<Tool> tools) {
            return result(id, cacheable(writer.list(tools), LIST_TTL_MILLIS));
        }

        /** The answer to {@code server/discover}. */
        Message.Result discovery(RequestId id, ObjectNode capabilities, String instructions) {
            ObjectNode result = Json.object();
            Revision.modernVersions().forEach(result.putArray("supportedVersions")::add);
            result.set("capabilities", capabilities);
            if (!instructions.isEmpty()) {
                result.put("instructions", instructions);
            }
            return result(id, cacheable(result, DISCOVER_TTL_MILLIS));
        }

        private static ObjectNode cacheable(ObjectNode result, int ttlMillis) {
            return result.put("ttlMs", ttlMillis).put("cacheScope", "public");
        }
    }
}
