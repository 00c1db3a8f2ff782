package dev.mooring.transport.http;

import dev.mooring.http.HttpAnswer;
import dev.mooring.http.HttpFields;
import java.util.regex.Pattern;

/** What a browser needs to be told before it lets a page see an answer. Applied after the origin has been allowed. */
final class Cors {
    private static final String METHODS = "POST, GET, DELETE, OPTIONS";
    private static final String FIELDS = "Content-Type, Accept, Authorization, Last-Event-ID, Mcp-Session-Id,"
            + " MCP-Protocol-Version, Mcp-Method, Mcp-Name";
    private static final Pattern PARAMETER =
            Pattern.compile("mcp-param-[\\w!#$%&'*+.^`|~-]+", Pattern.CASE_INSENSITIVE);

    private Cors() {}

    /** The answer to OPTIONS, with or without an origin. */
    static HttpAnswer preflight(HttpFields asked) {
        HttpAnswer answer = HttpAnswer.of(204).with("Allow", METHODS);
        if (asked.first("Origin") == null) {
            return answer;
        }
        return named(answer, asked).with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", FIELDS + parameters(asked))
                .with("Access-Control-Max-Age", "600");
    }

    /** The fields that mirror tool parameters have names nobody can list; those that are asked for are allowed. */
    private static String parameters(HttpFields asked) {
        StringBuilder named = new StringBuilder();
        for (String field : asked.all("Access-Control-Request-Headers")) {
            for (String name : field.split(",", -1)) {
                if (PARAMETER.matcher(name.strip()).matches()) {
                    named.append(", ").append(name.strip());
                }
            }
        }
        return named.toString();
    }

    /** Any other answer. */
    static HttpAnswer apply(HttpAnswer answer, HttpFields asked) {
        return asked.first("Origin") == null ? answer
                : named(answer, asked).with("Access-Control-Expose-Headers", "Mcp-Session-Id");
    }

    private static HttpAnswer named(HttpAnswer answer, HttpFields asked) {
        String origin = asked.first("Origin");
        return origin == null ? answer : answer.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin");
    }
}
