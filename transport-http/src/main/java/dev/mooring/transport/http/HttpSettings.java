package dev.mooring.transport.http;

import dev.mooring.json.JsonLimits;
import java.time.Duration;
import java.util.List;

/**
 * How MCP is offered over HTTP.
 *
 * @param path where the endpoint is
 * @param allowedOrigins origins of web pages that may call it, besides those of this machine
 * @param allowedHosts names by which it may be addressed, besides those of this machine; with or without a port
 * @param limits bounds on messages
 * @param keepAlive after how long a silence a stream gets a comment, so that nothing between takes it for dead
 */
public record HttpSettings(
        String path,
        List<String> allowedOrigins,
        List<String> allowedHosts,
        JsonLimits limits,
        Duration keepAlive) {

    public static final HttpSettings DEFAULT =
            new HttpSettings("/mcp", List.of(), List.of(), JsonLimits.DEFAULT, Duration.ofSeconds(15));

    public HttpSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
        if (!keepAlive.isPositive()) {
            throw new IllegalArgumentException("keepAlive: " + keepAlive + " (expected: > 0)");
        }
    }

    public HttpSettings withPath(String path) {
        return new HttpSettings(path, allowedOrigins, allowedHosts, limits, keepAlive);
    }

    public HttpSettings withAllowedOrigins(List<String> allowedOrigins) {
        return new HttpSettings(path, allowedOrigins, allowedHosts, limits, keepAlive);
    }

    public HttpSettings withAllowedHosts(List<String> allowedHosts) {
        return new HttpSettings(path, allowedOrigins, allowedHosts, limits, keepAlive);
    }

    public HttpSettings withLimits(JsonLimits limits) {
        return new HttpSettings(path, allowedOrigins, allowedHosts, limits, keepAlive);
    }

    public HttpSettings withKeepAlive(Duration keepAlive) {
        return new HttpSettings(path, allowedOrigins, allowedHosts, limits, keepAlive);
    }
}
