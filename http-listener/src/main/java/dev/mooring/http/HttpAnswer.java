package dev.mooring.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A status, header fields and a body. Immutable; may be sent many times. The listener adds {@code Date},
 * {@code Content-Length}, {@code Transfer-Encoding} and {@code Connection} itself.
 */
public final class HttpAnswer {
    private static final Set<String> LISTENERS_OWN =
            Set.of("content-length", "transfer-encoding", "connection", "date");
    private static final byte[] NOTHING = {};

    private final int status;
    private final List<HttpField> fields;
    private final byte[] body;
    private final boolean closing;

    private HttpAnswer(int status, List<HttpField> fields, byte[] body, boolean closing) {
        this.status = status;
        this.fields = fields;
        this.body = body;
        this.closing = closing;
    }

    /** An answer without fields and body. */
    public static HttpAnswer of(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        return new HttpAnswer(status, List.of(), NOTHING, false);
    }

    /** An answer with a body; the array is not copied and must not change afterwards. */
    public static HttpAnswer of(int status, String contentType, byte[] body) {
        HttpAnswer bare = of(status);
        if (body.length > 0 && !bare.mayHaveBody()) {
            throw new IllegalArgumentException("body: " + body.length + " bytes (expected: none with " + status + ")");
        }
        return new HttpAnswer(status, List.of(new HttpField("Content-Type", contentType)), body, false);
    }

    /** An answer for people: one sentence as plain text. */
    public static HttpAnswer text(int status, String sentence) {
        return of(status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** This answer with one more field. */
    public HttpAnswer with(String name, String value) {
        if (LISTENERS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: a field the listener does not set itself)");
        }
        List<HttpField> more = new ArrayList<>(fields.size() + 1);
        more.addAll(fields);
        more.add(new HttpField(name, value));
        return new HttpAnswer(status, List.copyOf(more), body, closing);
    }

    /** This answer, and the connection is closed after it. */
    public HttpAnswer closing() {
        return new HttpAnswer(status, fields, body, true);
    }

    public int status() {
        return status;
    }

    public List<HttpField> fields() {
        return fields;
    }

    /** The body itself, not a copy. */
    public byte[] body() {
        return body;
    }

    /** Whether HTTP gives answers of this status a body at all. */
    boolean mayHaveBody() {
        return status != 204 && status != 304;
    }

    /** Whether the connection is closed after this answer. */
    public boolean closes() {
        return closing;
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + fields + ", " + body.length + " bytes]";
    }
}
