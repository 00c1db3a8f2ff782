package dev.mooring.protocol;

import dev.mooring.feature.Completer;
import dev.mooring.feature.CompletionRequest;
import dev.mooring.json.Json;
import dev.mooring.model.Completion;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One completion of an argument.
 *
 * @param of the feature that takes the argument, for people
 * @param arguments what the feature takes
 * @param completer null if nothing is ever suggested for this argument
 */
record CompletionInvocation(String of, List<String> arguments, CompletionRequest request, @Nullable Completer completer)
        implements
            Invocation {
    private static final int MOST = 100;

    @Override
    public String label() {
        return "Completion for " + of;
    }

    @Override
    public Optional<Duration> timeout() {
        return Optional.empty();
    }

    @Override
    public Message.Response run(RunningCall call) throws Exception {
        if (!arguments.contains(request.argument())) {
            return misfit(call, "Invalid params: argument.name \"" + request.argument() + "\" of " + of
                    + " (expected: one of " + arguments + ")");
        }
        Completion completion = completer == null ? Completion.NONE : completer.complete(request, call);
        ObjectNode result = Json.object();
        result.set("completion", written(completion));
        return call.dialect().result(call.id(), result);
    }

    private static ObjectNode written(Completion completion) {
        ObjectNode node = Json.object();
        ArrayNode values = node.putArray("values");
        completion.values().stream().limit(MOST).forEach(values::add);
        boolean cut = completion.values().size() > MOST;
        Integer total = completion.total();
        if (total != null) {
            node.put("total", total);
        }
        return node.put("hasMore", completion.hasMore() || cut);
    }
}
