package dev.mooring.protocol;

import dev.mooring.feature.Question;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.lease.Alarm;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rounds with a legacy client: its questions go out on the way its call came, and the handler waits for the responses. It
 * waits as long as the client may take; meanwhile the call's own time stands still, and the call does not keep its session.
 */
final class LegacyRounds implements Rounds {
    private static final int SHOWN = 500;

    private final RunningCall call;
    private final LegacyAsking asking;
    private final Map<String, String> pages = new HashMap<>(); // ids of pages by key, the asking thread's
    private final ConcurrentLinkedQueue<OpenRequests.Open> open = new ConcurrentLinkedQueue<>();

    LegacyRounds(RunningCall call, LegacyAsking asking) {
        this.call = call;
        this.asking = asking;
    }

    @Override
    public Map<String, JsonNode> ask(List<Question<?>> questions, String state) throws InterruptedException {
        if (!call.way().streams()) {
            throw new ToolException("This client takes no event stream, so it cannot be asked anything");
        }
        List<QuestionWriter.Written> written = new ArrayList<>();
        questions.forEach(question -> written.add(asking.writer().write(question, pageId(question))));
        try {
            for (QuestionWriter.Written question : written) {
                send(question);
            }
            Map<String, JsonNode> answers = new HashMap<>();
            await((response, i) -> answers.put(questions.get(i).key(), answer(written.get(i).method(), response)));
            return answers;
        } finally {
            if (!call.ended()) { // else whoever ended it withdraws
                withdraw();
                open.clear();
            }
        }
    }

    private String pageId(Question<?> question) {
        return question instanceof Question.OfUrl page
                ? pages.computeIfAbsent(page.key(), key -> UUID.randomUUID().toString())
                : "";
    }

    private void send(QuestionWriter.Written question) throws InterruptedException {
        OpenRequests.Open request = asking.open().add(asking.server().nextId(), call.way());
        open.add(request);
        ObjectNode params = question.params().isEmpty() ? null : question.params();
        if (call.say(new Message.Request(request.id(), question.method(), params)) == Delivery.GONE) {
            asking.open().remove(request);
            throw new ToolException("The client has gone, so it cannot be asked anything");
        }
    }

    /** Waits for all responses, in the order of the questions. */
    private void await(ObjIntConsumer<Message.Response> taker) throws InterruptedException {
        Alarm tooLate = new Alarm(
                () -> open.forEach(request -> request.response().completeExceptionally(new TimeoutException())));
        asking.server().wheel().set(tooLate, asking.server().timeout().toNanos());
        call.beginWait();
        try {
            int i = 0;
            for (OpenRequests.Open request : open) {
                taker.accept(request.response().get(), i++);
            }
        } catch (ExecutionException e) {
            throw new ToolException("The client did not answer within " + asking.server().timeout().toSeconds()
                    + " s (MCP_ASK_TIMEOUT_MS)", e);
        } finally {
            asking.server().wheel().cancel(tooLate);
            call.endWait();
        }
    }

    private static JsonNode answer(String method, Message.Response response) {
        return switch (response) {
            case Message.Result result -> result.result();
            case Message.Failure failure -> throw new ToolException(
                    "The client answered " + method + " with an error: " + shortened(failure.error().message()));
        };
    }

    private static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    @Override
    public boolean awaitDone(Question.OfUrl question) throws InterruptedException {
        call.beginWait();
        try {
            if (!Patience.until(question.done(), asking.server().timeout(), asking.server().wheel())) {
                throw new ToolException("What was to be done at " + question.url().getHost() + " was not done within "
                        + asking.server().timeout().toSeconds() + " s (MCP_ASK_TIMEOUT_MS)");
            }
        } finally {
            call.endWait();
        }
        return true;
    }

    @Override
    public void tellDone(Question.OfUrl question) throws InterruptedException {
        String id = pages.remove(question.key());
        if (id != null) {
            call.say(new Message.Notification("notifications/elicitation/complete",
                    Json.object().put("elicitationId", id)));
        }
    }

    /** A legacy request has no state that could come twice. */
    @Override
    public void singleUse() {}

    @Override
    public void withdraw() {
        for (OpenRequests.Open request : open) {
            if (asking.open().remove(request)) {
                call.way().send(new Message.Notification("notifications/cancelled", cancelled(request.id())));
            }
        }
    }

    private static ObjectNode cancelled(RequestId id) {
        return Json.object()
                .put("requestId", ((RequestId.Text) id).value())
                .put("reason", "it does not matter any more");
    }
}
