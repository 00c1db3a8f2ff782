package dev.mooring.transport.http;

import dev.mooring.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer.
 *
 * @param fields by their names in lower case
 * @param body empty as long as it has not been read
 */
record Reply(int status, Map<String, String> fields, String body) {

    /** The value of a field; empty if it is not there. */
    String field(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    JsonNode json() {
        return Json.mapper().readTree(body);
    }

    /** The code of the error it is; 0 if it is none. */
    int code() {
        return json().path("error").path("code").asInt(0);
    }

    /** The text of the tool's result it is. */
    String text() {
        return textOf(json());
    }

    static String textOf(JsonNode response) {
        return response.path("result").path("content").path(0).path("text").asString("");
    }

    /** The messages of the stream it is, in their order. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (String line : body.split("\n", -1)) {
            if (line.startsWith("data: ") && line.length() > "data: ".length()) {
                events.add(Json.mapper().readTree(line.substring("data: ".length())));
            }
        }
        return events;
    }
}
