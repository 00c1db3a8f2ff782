package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Tool;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.Answer;
import dev.mooring.transport.End;
import dev.mooring.transport.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tools/call} in both eras: finds the tool, starts the call. Thread-safe. */
final class ToolCalls {
    private final Catalog catalog;
    private final Calls calls;

    ToolCalls(Catalog catalog, Calls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    /**
     * Starts the call a request asks for, or answers why not.
     *
     * @param onLeft runs once, when the call has ended or was not started
     */
    void call(Message.Request request, Caller caller, Exchange exchange, Runnable onLeft) {
        RpcError error = shape(request.params());
        Tool tool = error == null && request.params() != null
                ? catalog.tools().find(request.params().path("name").stringValue())
                : null;
        if (tool == null) {
            refuse(request, error == null ? unknown(request.params()) : error, exchange, onLeft);
            return;
        }
        RunningCall call = new RunningCall(request, tool, caller, exchange, calls, onLeft);
        if (caller.scope() == null) { // the response is the request's only tie to its client: closing it cancels
            exchange.onEnd(end -> {
                if (end != End.DONE) {
                    call.cancel();
                }
            });
        }
        RpcError refusal = calls.start(call);
        if (refusal != null) {
            refuse(request, refusal, exchange, onLeft);
        }
    }

    private static @Nullable RpcError shape(@Nullable ObjectNode params) {
        if (params == null || !params.path("name").isString()) {
            return RpcError.invalidParams("Invalid params: name must be a string");
        }
        JsonNode arguments = params.get("arguments");
        return arguments == null || arguments.isObject() ? null
                : RpcError.invalidParams("Invalid params: arguments must be an object");
    }

    private static RpcError unknown(@Nullable ObjectNode params) {
        String name = params == null ? "" : params.path("name").stringValue("");
        return RpcError.invalidParams("Unknown tool: " + name);
    }

    private static void refuse(Message.Request request, RpcError error, Exchange exchange, Runnable onLeft) {
        Message.Failure failure = new Message.Failure(request.id(), error);
        exchange.answer(
                error.code() == Errors.OVERLOADED ? Answer.refused(Answer.Cause.CAPACITY, failure, Errors.RETRY_AFTER)
                        : Answer.of(failure));
        onLeft.run();
    }
}
