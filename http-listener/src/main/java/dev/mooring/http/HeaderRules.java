package dev.mooring.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a decoded header must hold before a body is read. */
final class HeaderRules {
    private static final String NOT_IN_HOST = "/\\?#@, \t<>\"";

    private final int maxBodyBytes;
    private final Refusals refusals;

    HeaderRules(int maxBodyBytes, Refusals refusals) {
        this.maxBodyBytes = maxBodyBytes;
        this.refusals = refusals;
    }

    /** The refusal this header earns, or null. */
    @Nullable
    HttpAnswer check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return refusals.badHeader(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Refusals.VERSION;
        }
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
            return Refusals.METHOD;
        }
        HttpHeaders headers = request.headers();
        if (!isHostGood(headers, version)) {
            return Refusals.HOST;
        }
        return checkBody(headers, version);
    }

    private @Nullable HttpAnswer checkBody(HttpHeaders headers, HttpVersion version) {
        String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        if (coding != null && (!coding.equalsIgnoreCase("chunked")
                || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1)) {
            return Refusals.CODING;
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > maxBodyBytes) {
            return refusals.bodyTooLong();
        }
        if (version.equals(HttpVersion.HTTP_1_1) && headers.contains(HttpHeaderNames.EXPECT)
                && !expectsContinue(headers)) {
            return Refusals.EXPECTATION;
        }
        return null;
    }

    /** Whether the peer waits for a sign before it sends the body. */
    static boolean awaitsContinue(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1) && headers.contains(HttpHeaderNames.EXPECT)
                && expectsContinue(headers)
                && hasBody(request);
    }

    static boolean hasBody(HttpRequest request) {
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return (length != null && Long.parseLong(length) > 0) || HttpUtil.isTransferEncodingChunked(request);
    }

    private static boolean expectsContinue(HttpHeaders headers) {
        List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
        return expectations.size() == 1 && expectations.getFirst().equalsIgnoreCase("100-continue");
    }

    private static boolean isHostGood(HttpHeaders headers, HttpVersion version) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return version.equals(HttpVersion.HTTP_1_0);
        }
        String host = hosts.getFirst();
        for (int i = 0; i < host.length(); i++) {
            if (NOT_IN_HOST.indexOf(host.charAt(i)) != -1) {
                return false;
            }
        }
        return hosts.size() == 1;
    }
}
