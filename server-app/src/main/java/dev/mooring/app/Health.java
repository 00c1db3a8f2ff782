package dev.mooring.app;

import dev.mooring.http.HttpAnswer;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpRoute;
import java.util.function.BooleanSupplier;

/** What probes ask: whether the process is there, and whether it should be sent work. Says nothing else to anybody. */
final class Health {
    /** Whether the process is there. */
    static final String LIVE = "/health/live";

    /** Whether it should be sent work. */
    static final String READY = "/health/ready";

    private Health() {}

    static HttpRoute live() {
        return answering(() -> true, "live");
    }

    /** Ready as long as {@code ready} says so; else 503 with the wish to be asked again. */
    static HttpRoute ready(BooleanSupplier ready) {
        return answering(ready, "ready");
    }

    private static HttpRoute answering(BooleanSupplier well, String word) {
        return call -> call.answer(answer(call, well, word));
    }

    private static HttpAnswer answer(HttpCall call, BooleanSupplier well, String word) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return HttpAnswer.text(405, "Method " + call.method() + " is not allowed; this path takes GET")
                    .with("Allow", "GET, HEAD");
        }
        HttpAnswer answer = well.getAsBoolean() ? HttpAnswer.text(200, word)
                : HttpAnswer.text(503, "not " + word).with("Retry-After", "1");
        return answer.with("Cache-Control", "no-store");
    }
}
