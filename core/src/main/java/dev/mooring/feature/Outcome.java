package dev.mooring.feature;

import dev.mooring.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of a {@link Request}. */
public sealed interface Outcome {

    /**
     * It is answered with a result.
     *
     * @param result as the client will get it, in its revision. Not to be changed.
     */
    record Answered(JsonNode result) implements Outcome {

        /** Whether a tool failed and the result tells the model why. */
        public boolean isError() {
            return result.path("isError").asBoolean(false);
        }

        /** Whether the client is asked for something first, and then sends its request again; modern clients only. */
        public boolean inputRequired() {
            return result.path("resultType").asString("").equals("input_required");
        }
    }

    /**
     * It is answered with a JSON-RPC error.
     *
     * @param code the specification's, or one outside -32768 to -32000
     * @param message a sentence that is safe for the client to read
     * @param data more about it, for programs to read
     */
    record Failed(int code, String message, @Nullable JsonNode data) implements Outcome {}

    /** It is not answered: its client took it back or is gone, or the server stops. */
    enum Cancelled implements Outcome {
        CANCELLED
    }

    /** Its time was up, and its client was told. */
    enum TimedOut implements Outcome {
        TIMED_OUT
    }

    /** The code for "too much at once": outside every reserved range, because the specification has no word for it. */
    int OVERLOADED = -31_000;

    static Failed failed(int code, String message) {
        return new Failed(code, message, null);
    }

    /**
     * Too much at once; over HTTP with the status for that, as long as nothing was streamed.
     *
     * @param limit what was reached, and the setting that governs it if there is one: {@code 8 calls of tool render}
     * @param retryAfter when trying again makes sense
     */
    static Failed overloaded(String limit, Duration retryAfter) {
        return new Failed(OVERLOADED, "Overloaded: " + limit + "; try again later",
                Json.object().put("retryAfterMs", retryAfter.toMillis()).put("limit", limit));
    }
}
