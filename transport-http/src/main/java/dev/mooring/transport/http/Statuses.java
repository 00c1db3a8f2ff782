package dev.mooring.transport.http;

import dev.mooring.http.HttpAnswer;
import dev.mooring.rpc.Codec;
import dev.mooring.transport.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Answers as HTTP: the status comes from what became of the request, never from an error's code. */
final class Statuses {
    private static final byte[] TERMINATED = "Session terminated".getBytes(StandardCharsets.UTF_8);

    private final Codec codec;

    Statuses(Codec codec) {
        this.codec = codec;
    }

    /** An answer to a request on which nothing was streamed. */
    HttpAnswer whole(Answer answer, Accept accept) {
        return switch (answer.outcome()) {
            case Answer.Outcome.Ok ok -> body(200, answer, accept);
            case Answer.Outcome.Opened opened ->
                body(200, answer, accept).with("Mcp-Session-Id", opened.session().value());
            case Answer.Outcome.Accepted accepted -> HttpAnswer.of(202);
            case Answer.Outcome.Silent silent -> accept.stream() ? Sse.head() : HttpAnswer.of(202);
            case Answer.Outcome.Ended ended -> HttpAnswer.of(200, "text/plain; charset=utf-8", TERMINATED);
            case Answer.Outcome.Refused refused -> refused(refused, answer);
        };
    }

    private HttpAnswer refused(Answer.Outcome.Refused refused, Answer answer) {
        HttpAnswer status = switch (refused.cause()) {
            case MALFORMED -> json(400, answer);
            case UNKNOWN_METHOD, SESSION_UNKNOWN -> json(404, answer);
            case CAPACITY -> json(503, answer);
            case NOT_ACCEPTABLE -> json(406, answer);
            case NOT_ALLOWED -> json(405, answer).with("Allow", "POST, OPTIONS");
        };
        Duration retryAfter = refused.retryAfter();
        return retryAfter == null ? status : status.with("Retry-After", seconds(retryAfter));
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    private HttpAnswer body(int status, Answer answer, Accept accept) {
        return accept.json() ? json(status, answer) : HttpAnswer.of(status, Accept.STREAM, Sse.event(bytes(answer)));
    }

    private HttpAnswer json(int status, Answer answer) {
        return HttpAnswer.of(status, Accept.JSON, bytes(answer));
    }

    byte[] bytes(Answer answer) {
        return answer.batch() || answer.responses().size() != 1 ? codec.encode(answer.responses())
                : codec.encode(answer.responses().getFirst());
    }
}
