package dev.mooring.feature;

import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a request belongs in a distributed trace, as its client tells in {@code _meta}. A member is empty where the client
 * tells nothing, or nothing that could be passed on.
 *
 * @param traceparent the span that asks, in the format of <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 * @param tracestate what tracing systems add to it; empty if there is no {@code traceparent}
 * @param baggage what goes along with a trace, in the format of <a href="https://www.w3.org/TR/baggage/">W3C Baggage</a>
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#meta">_meta</a>
 */
public record TraceContext(String traceparent, String tracestate, String baggage) {
    private static final String IDS = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";
    private static final Pattern PARENT =
            Pattern.compile("00" + IDS + "|(?!00|ff)[0-9a-f]{2}" + IDS + "(-[!-~]{0,200})?");
    private static final Pattern LIST = Pattern.compile("[\t -~]{1,8192}"); // one line, so that it can be a header field

    /** What the {@code _meta} of a request tells. */
    static TraceContext of(ObjectNode meta) {
        String parent = member(meta, "traceparent", PARENT);
        return new TraceContext(parent, parent.isEmpty() ? "" : member(meta, "tracestate", LIST),
                member(meta, "baggage", LIST));
    }

    private static String member(ObjectNode meta, String name, Pattern format) {
        String text = meta.path(name).stringValue("");
        return format.matcher(text).matches() ? text : "";
    }

    /** The id of the trace, 32 hexadecimal digits; empty if there is none. */
    public String traceId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(3, 35);
    }

    /** The id of the span that asks, 16 hexadecimal digits; empty if there is none. */
    public String parentId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(36, 52);
    }

    /** Whether the client records its trace. */
    public boolean sampled() {
        return !traceparent.isEmpty() && (Integer.parseInt(traceparent.substring(53, 55), 16) & 1) == 1;
    }
}
