package dev.mooring.testkit;

import dev.mooring.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** What a server and its client said to each other. Thread-safe. */
final class Heard {
    private final Map<JsonNode, String> methods = new ConcurrentHashMap<>(); // by the ids of requests
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<JsonNode> fromClient = new CopyOnWriteArrayList<>();

    /** The same wire, listened in on. */
    TestWire on(TestWire wire) {
        return new Overheard(wire, bytes -> {
            for (JsonNode message : messages(Json.mapper().readTree(new String(bytes, StandardCharsets.UTF_8)))) {
                fromClient.add(message);
                if (message.has("id") && message.has("method")) {
                    methods.put(message.path("id"), message.path("method").stringValue(""));
                }
            }
        }, tree -> messages.addAll(messages(tree)));
    }

    /** All messages of the server, in order. */
    List<JsonNode> messages() {
        return messages;
    }

    /** All messages of the client, in order. */
    List<JsonNode> fromClient() {
        return fromClient;
    }

    /** The method a message answers; empty if it answers none. */
    String method(JsonNode message) {
        return methods.getOrDefault(message.path("id"), "");
    }

    private static List<JsonNode> messages(JsonNode unit) {
        return unit.isArray() ? List.copyOf(unit.valueStream().toList()) : List.of(unit);
    }
}
