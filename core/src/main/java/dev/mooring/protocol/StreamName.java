package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.rpc.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The name of a stream, unique within its session. It says which requests the stream answers, so that they can be answered
 * even when nothing is known of the stream any more. Clients see it as part of event ids and make nothing of it.
 *
 * @param requests empty for the session's own stream
 */
record StreamName(String text, List<RequestId> requests) {
    private static final int LONGEST_REQUESTS = 256;

    static StreamName of(String session, long number, List<RequestId> requests) {
        String text = session + "-" + Long.toString(number, Character.MAX_RADIX);
        String encoded = requests.isEmpty() ? "" : encode(requests);
        return encoded.isEmpty() || encoded.length() > LONGEST_REQUESTS ? new StreamName(text, List.of())
                : new StreamName(text + "-" + encoded, List.copyOf(requests));
    }

    /** Reads the name of a stream of that session; null if it is none. */
    static @Nullable StreamName parse(String session, String text) {
        String[] parts = text.split("-", 3);
        if (parts.length < 2 || !parts[0].equals(session)) {
            return null;
        }
        return new StreamName(text, parts.length == 3 ? decode(parts[2]) : List.of());
    }

    private static String encode(List<RequestId> requests) {
        ArrayNode ids = Json.mapper().createArrayNode();
        requests.forEach(id -> ids.add(id.tree()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ids.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Read from outside: whatever is wrong with it, it names nothing. */
    private static List<RequestId> decode(String encoded) {
        if (encoded.length() > LONGEST_REQUESTS) {
            return List.of();
        }
        List<RequestId> requests = new ArrayList<>();
        try {
            for (JsonNode node : Json.mapper().readTree(Base64.getUrlDecoder().decode(encoded))) {
                RequestId id = RequestId.read(node);
                if (id != null) {
                    requests.add(id);
                }
            }
        } catch (IllegalArgumentException | JacksonException e) {
            return List.of();
        }
        return List.copyOf(requests);
    }
}
