package dev.mooring.transport.http;

import dev.mooring.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Server-sent events, as far as MCP uses them: one {@code data} line for each message, and comments.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class Sse {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final HttpAnswer HEAD = HttpAnswer.of(200)
            .with("Content-Type", Accept.STREAM)
            .with("Cache-Control", "no-cache")
            .with("X-Accel-Buffering", "no");

    private Sse() {}

    static HttpAnswer head() {
        return HEAD;
    }

    /** A message, which is one line. */
    static byte[] event(byte[] message) {
        byte[] event = new byte[DATA.length + message.length + 2];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(message, 0, event, DATA.length, message.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** A message, or nothing, with the id a client can go on from. */
    static byte[] event(String id, byte[] message) {
        byte[] first = ("id: " + id + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] rest = event(message);
        byte[] event = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, event, first.length, rest.length);
        return event;
    }

    /** Tells the client when to come back. */
    static byte[] retry(Duration wait) {
        return ("retry: " + wait.toMillis() + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Something that says nothing. Each call returns its own array. */
    static byte[] comment() {
        return COMMENT.clone();
    }
}
