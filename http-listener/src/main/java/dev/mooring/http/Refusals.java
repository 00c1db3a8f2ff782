package dev.mooring.http;

import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.TransferEncodingNotAllowedException;

/**
 * What the listener itself answers, in words. All but {@link #UNKNOWN_PATH} end the connection. Any web page may read them: a
 * browser that hid them would leave its page with a failure without a reason, and they tell nothing of what is served here.
 */
final class Refusals {
    static final HttpAnswer UNKNOWN_PATH = readable(HttpAnswer.text(404, "There is nothing at this path."));
    static final HttpAnswer UNREADABLE = refusal(400, "The request is not HTTP/1.1.");
    static final HttpAnswer HOST =
            refusal(400, "HTTP/1.1 asks for exactly one Host, a name or address with an optional port.");
    static final HttpAnswer CODING = refusal(400, "The only transfer coding taken is chunked, once.");
    static final HttpAnswer CHUNK = refusal(400, "A chunk of the body is malformed.");
    static final HttpAnswer ASTERISK = refusal(400, "The target * goes with OPTIONS only.");
    static final HttpAnswer VERSION = refusal(505, "The versions spoken here are HTTP/1.1 and HTTP/1.0.");
    static final HttpAnswer METHOD = refusal(501, "CONNECT and TRACE are not offered.");
    static final HttpAnswer EXPECTATION = refusal(417, "The only expectation met is 100-continue.");
    static final HttpAnswer FAILED = refusal(500, "The request failed; the log of the server says why.");
    static final HttpAnswer TOO_MANY_CONNECTIONS =
            refusal(503, "Too many connections are open; MCP_MAX_CONNECTIONS governs the limit.").with("Retry-After",
                    "1");

    static final HttpAnswer TOO_MANY_BYTES =
            refusal(503, "Too many bytes are arriving; MCP_MAX_INCOMING_BYTES governs the limit.").with("Retry-After",
                    "1");

    private final HttpAnswer bodyTooLong;
    private final HttpAnswer lineTooLong;
    private final HttpAnswer headerTooLong;
    private final HttpAnswer headerTooSlow;
    private final HttpAnswer bodyTooSlow;

    Refusals(HttpLimits limits) {
        HttpLimits.Request request = limits.request();
        bodyTooLong = refusal(413,
                "The body is longer than " + request.bodyBytes() + " bytes; MCP_MAX_MESSAGE_BYTES governs the limit.");
        lineTooLong = refusal(414, "The request line is longer than " + request.lineBytes() + " bytes.");
        headerTooLong = refusal(431, "The header is longer than " + request.headerBytes()
                + " bytes, which MCP_MAX_HEADER_BYTES governs, or has more than " + request.fields() + " fields.");
        headerTooSlow = refusal(408, "The header took longer than " + limits.timeouts().header().toMillis() + " ms.");
        bodyTooSlow = refusal(408, "The body took longer than " + limits.timeouts().body().toMillis() + " ms.");
    }

    HttpAnswer bodyTooLong() {
        return bodyTooLong;
    }

    HttpAnswer headerTooSlow() {
        return headerTooSlow;
    }

    HttpAnswer bodyTooSlow() {
        return bodyTooSlow;
    }

    /** For what the decoder found wrong in a request line or header. */
    HttpAnswer badHeader(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException e -> lineTooLong;
            case TooLongHttpHeaderException e -> headerTooLong;
            case MalformedRequest e -> refusal(400, e.sentence());
            case InvalidLineSeparatorException e -> refusal(400, "A line must end with CR LF.");
            case ContentLengthNotAllowedException e ->
                refusal(400, "Content-Length and Transfer-Encoding exclude each other.");
            case TransferEncodingNotAllowedException e -> refusal(400, "Transfer-Encoding needs HTTP/1.1.");
            default -> UNREADABLE;
        };
    }

    /** For what the decoder found wrong in a body. */
    HttpAnswer badBody(Throwable cause) {
        return switch (cause) {
            case TooLongHttpHeaderException e -> headerTooLong;
            case MalformedRequest e -> refusal(400, e.sentence());
            default -> CHUNK;
        };
    }

    private static HttpAnswer refusal(int status, String sentence) {
        return readable(HttpAnswer.text(status, sentence)).closing();
    }

    private static HttpAnswer readable(HttpAnswer answer) {
        return answer.with("Access-Control-Allow-Origin", "*");
    }
}
