package dev.mooring.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns answers into bytes. Thread-safe; runs where the answer is given, so that the event loop only writes. */
final class HeadWriter {
    /** A body up to this length shares one array with its head. */
    static final int SMALL = 16 << 10;

    private static final byte[] NOTHING = {};
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] COLON = ascii(": ");
    private static final byte[] LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[][] STATUS_LINES = new byte[600][];

    static {
        for (int status = 200; status < STATUS_LINES.length; status++) {
            String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
            STATUS_LINES[status] = ascii("HTTP/1.1 " + status + " " + reason + "\r\n");
        }
    }

    /** What becomes of the connection after an answer. */
    enum After {
        /** Stays open, as HTTP/1.1 has it without saying so. */
        OPEN,
        /** Stays open, as a peer of HTTP/1.0 asked for and is told. */
        OPEN_SAID,
        CLOSED
    }

    private final DateField date;

    HeadWriter(DateField date) {
        this.date = date;
    }

    /** A whole answer; {@code bodiless} for HEAD, which gets the head of what GET would get. */
    byte[][] answer(HttpAnswer answer, boolean bodiless, After after) {
        byte[] body = bodiless ? NOTHING : answer.body();
        boolean hasLength = answer.mayHaveBody();
        byte[] digits = hasLength ? ascii(Integer.toString(answer.body().length)) : NOTHING;
        byte[] dated = date.bytes();
        int length = fixedLength(answer, dated, after) + (hasLength ? LENGTH.length + digits.length + 2 : 0);
        boolean joined = body.length <= SMALL;
        byte[] bytes = new byte[length + (joined ? body.length : 0)];
        int at = putFields(bytes, answer, dated, after);
        if (hasLength) {
            at = put(bytes, at, LENGTH);
            at = put(bytes, at, digits);
            at = put(bytes, at, CRLF);
        }
        at = put(bytes, at, CRLF);
        if (!joined) {
            return new byte[][]{bytes, body};
        }
        put(bytes, at, body);
        return new byte[][]{bytes};
    }

    /** The head of an answer whose body follows, in chunks or up to the end of the connection. */
    byte[][] stream(HttpAnswer head, boolean chunked, After after) {
        byte[] dated = date.bytes();
        byte[] framing = chunked ? CHUNKED : NOTHING;
        byte[] bytes = new byte[fixedLength(head, dated, after) + framing.length];
        int at = putFields(bytes, head, dated, after);
        at = put(bytes, at, framing);
        put(bytes, at, CRLF);
        return new byte[][]{bytes};
    }

    private static int fixedLength(HttpAnswer answer, byte[] dated, After after) {
        int length = STATUS_LINES[answer.status()].length + dated.length + field(after).length + CRLF.length;
        for (HttpField field : answer.fields()) {
            length += field.name().length() + COLON.length + field.value().length() + CRLF.length;
        }
        return length;
    }

    private static int putFields(byte[] bytes, HttpAnswer answer, byte[] dated, After after) {
        int at = put(bytes, 0, STATUS_LINES[answer.status()]);
        at = put(bytes, at, dated);
        for (HttpField field : answer.fields()) {
            at = put(bytes, at, field.name().getBytes(StandardCharsets.ISO_8859_1));
            at = put(bytes, at, COLON);
            at = put(bytes, at, field.value().getBytes(StandardCharsets.ISO_8859_1));
            at = put(bytes, at, CRLF);
        }
        return put(bytes, at, field(after));
    }

    /** One chunk of a body with its frame. */
    static byte[][] chunk(byte[] content) {
        byte[] size = ascii(Integer.toHexString(content.length) + "\r\n");
        if (content.length > SMALL) {
            return new byte[][]{size, content, CRLF};
        }
        byte[] bytes = Arrays.copyOf(size, size.length + content.length + CRLF.length);
        put(bytes, put(bytes, size.length, content), CRLF);
        return new byte[][]{bytes};
    }

    private static byte[] field(After after) {
        return switch (after) {
            case OPEN -> NOTHING;
            case OPEN_SAID -> KEEP_ALIVE;
            case CLOSED -> CLOSE;
        };
    }

    private static int put(byte[] bytes, int at, byte[] part) {
        System.arraycopy(part, 0, bytes, at, part.length);
        return at + part.length;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
