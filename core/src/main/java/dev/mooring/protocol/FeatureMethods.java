package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of both eras that are about features: finds what a request asks for. Thread-safe; never blocks. */
final class FeatureMethods {
    private final Catalog catalog;

    FeatureMethods(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What the request comes to; null if its method is not about features. */
    @Nullable
    Resolution resolve(Message.Request request, Dialect dialect) {
        return switch (request.method()) {
            case "tools/list" -> toolList(request, dialect);
            case "tools/call" -> toolCall(request);
            default -> null;
        };
    }

    private Resolution toolList(Message.Request request, Dialect dialect) {
        RpcError wrong = Cursors.check(request.params());
        return wrong == null ? new Resolution.Answered(dialect.toolList(request.id(), catalog.tools().all()))
                : Resolution.refused(request.id(), wrong);
    }

    private Resolution toolCall(Message.Request request) {
        ObjectNode params = request.params() == null ? Json.object() : request.params();
        JsonNode name = params.get("name");
        if (name == null || !name.isString()) {
            return invalid(request, "Invalid params: name must be a string");
        }
        JsonNode arguments = params.get("arguments");
        if (arguments != null && !arguments.isObject()) {
            return invalid(request, "Invalid params: arguments must be an object");
        }
        Tool tool = catalog.tools().find(name.stringValue());
        return tool == null ? invalid(request, "Unknown tool: " + name.stringValue())
                : new ToolInvocation(tool, arguments instanceof ObjectNode given ? given : Json.object());
    }

    private static Resolution invalid(Message.Request request, String message) {
        return Resolution.refused(request.id(), RpcError.invalidParams(message));
    }
}
