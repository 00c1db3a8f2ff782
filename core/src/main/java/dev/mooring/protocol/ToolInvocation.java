package dev.mooring.protocol;

import dev.mooring.feature.MissingCapabilityException;
import dev.mooring.feature.Tool;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One call of a tool. Whatever goes wrong in it is a result, for the model to read. */
record ToolInvocation(Tool tool, ObjectNode arguments) implements Invocation {

    @Override
    public String label() {
        return "Tool " + tool.name();
    }

    @Override
    public Optional<String> featureKey() {
        return Optional.of(tool.name());
    }

    @Override
    public Optional<Duration> timeout() {
        return tool.timeout();
    }

    @Override
    public Message.Response run(RunningCall call) throws Exception {
        ParameterHeaders.check(tool, arguments, call.envelope());
        return call.dialect().toolResult(call.id(), tool.call(arguments, call));
    }

    @Override
    public Message.Response misfit(RunningCall call, String message) {
        return call.dialect().invalidArguments(call.id(), message);
    }

    @Override
    public Message.Response incapable(RunningCall call, MissingCapabilityException missing) {
        return call.dialect().revision().modern() ? Invocation.super.incapable(call, missing)
                : failure(call, String.valueOf(missing.getMessage()));
    }

    @Override
    public Message.Response failure(RunningCall call, String message) {
        return call.dialect().toolResult(call.id(), ToolResult.error(message));
    }
}
