package dev.mooring.protocol;

import dev.mooring.feature.Question;
import dev.mooring.json.Json;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rounds with a modern client: a round is one request and its answer, and the next one another call here. */
final class ModernRounds implements Rounds {
    /** How long a request is held while its user is about to finish on a page, before it is asked again. */
    private static final Duration HELD = Duration.ofSeconds(20);

    private final RunningCall call;
    private final Message.Request request;
    private final ModernAsking asking;
    private StateSeal.@Nullable Opened presented; // set by resume, before the handler runs

    ModernRounds(RunningCall call, Message.Request request, ModernAsking asking) {
        this.call = call;
        this.request = request;
        this.asking = asking;
    }

    private byte[] binding() {
        return ModernAsking.binding(call.principal(), request);
    }

    /** What the call remembers, from the state that came with the request; {@code fresh} if none came. */
    RequestState resume(@Nullable String sealed, RequestState fresh) {
        if (sealed == null) {
            return fresh;
        }
        Optional<StateSeal.Opened> opened = asking.seal().open(sealed, binding());
        presented = opened.orElse(null);
        return opened.map(state -> RequestState.of(state.content()))
                .orElseThrow(() -> ModernAsking.invalid(
                        "requestState has expired, was changed, or belongs to another request; send the request without it"));
    }

    @Override
    public Map<String, JsonNode> ask(List<Question<?>> questions, String state) {
        ObjectNode result = Json.object();
        ObjectNode requests = result.putObject("inputRequests");
        for (Question<?> question : questions) {
            QuestionWriter.Written written = asking.writer().write(question, "");
            ObjectNode entry = requests.putObject(question.key()).put("method", written.method());
            if (!written.params().isEmpty()) {
                entry.set("params", written.params());
            }
        }
        result.put("requestState", asking.seal().seal(state, binding()));
        throw new Unwinding(asking.dialect().inputRequired(call.id(), result));
    }

    @Override
    public boolean awaitDone(Question.OfUrl question) throws InterruptedException {
        return Patience.until(question.done(), HELD, asking.wheel());
    }

    /** There is no such notice any more: the client learns of it by the result of its request. */
    @Override
    public void tellDone(Question.OfUrl question) {}

    @Override
    public void singleUse() {
        StateSeal.Opened state = presented;
        if (state != null && !asking.used().use(state)) {
            throw new Unwinding(new Message.Failure(call.id(), RpcError.invalidParams(
                    "Invalid params: requestState was used before; send the request without it to begin anew")));
        }
    }

    /** Nobody waits: the round was over when its questions went out. */
    @Override
    public void withdraw() {}
}
