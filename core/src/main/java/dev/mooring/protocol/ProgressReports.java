package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The progress of one call, told to the token of its request only, and always increasing. For one thread at a time. */
final class ProgressReports {
    private final @Nullable JsonNode token;
    private final Revision revision;
    private double reported = Double.NEGATIVE_INFINITY;

    ProgressReports(@Nullable JsonNode token, Revision revision) {
        this.token = token != null && (token.isString() || token.isIntegralNumber()) ? token : null;
        this.revision = revision;
    }

    /** The parameters of the notification; empty if nobody asked, or it is no progress. */
    Optional<ObjectNode> report(double done, double total, String message) {
        if (token == null || !Double.isFinite(done) || !advance(done)) {
            return Optional.empty();
        }
        ObjectNode params = Json.object();
        params.set("progressToken", token);
        put(params, "progress", done);
        if (total > 0 && Double.isFinite(total)) {
            put(params, "total", total);
        }
        if (!message.isEmpty() && revision.since(Revision.V2025_03_26)) {
            params.put("message", message);
        }
        return Optional.of(params);
    }

    private boolean advance(double done) {
        boolean grows = done > reported;
        reported = Math.max(reported, done);
        return grows;
    }

    /** Whole numbers travel as such. */
    private static void put(ObjectNode params, String name, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            params.put(name, (long) value);
        } else {
            params.put(name, value);
        }
    }
}
