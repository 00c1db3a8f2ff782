package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.json.Json;
import dev.mooring.json.Schema;
import dev.mooring.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The specification's own schema of a revision. Thread-safe. */
final class OfficialSchema {
    private static final Map<String, String> RESULTS = Map.ofEntries(Map.entry("initialize", "InitializeResult"),
            Map.entry("server/discover", "DiscoverResult"), Map.entry("ping", "EmptyResult"),
            Map.entry("logging/setLevel", "EmptyResult"), Map.entry("tools/list", "ListToolsResult"),
            Map.entry("tools/call", "CallToolResult"), Map.entry("resources/list", "ListResourcesResult"),
            Map.entry("resources/templates/list", "ListResourceTemplatesResult"),
            Map.entry("resources/read", "ReadResourceResult"), Map.entry("prompts/list", "ListPromptsResult"),
            Map.entry("prompts/get", "GetPromptResult"), Map.entry("completion/complete", "CompleteResult"),
            Map.entry("resources/subscribe", "EmptyResult"), Map.entry("resources/unsubscribe", "EmptyResult"),
            Map.entry("subscriptions/listen", "SubscriptionsListenResult"));

    private final Revision revision;
    private final ObjectNode whole;
    private final Map<String, Schema> definitions = new ConcurrentHashMap<>();

    OfficialSchema(Revision revision) throws IOException {
        this.revision = revision;
        String resource = "/schema/" + revision.version() + ".json";
        try (InputStream in = OfficialSchema.class.getResourceAsStream(resource)) {
            whole = (ObjectNode) Json.mapper().readTree(Objects.requireNonNull(in, resource));
        }
    }

    /** A message the server may send; the result is checked as that of its request's method. */
    void check(JsonNode message, String method) {
        if (message.has("method") && message.has("id")) {
            fits("JSONRPCRequest", message);
            fits("ServerRequest", message);
        } else if (message.has("method")) {
            fits("JSONRPCNotification", message);
            fits("ServerNotification", message);
        } else if (message.has("error")) {
            boolean named = revision.since(Revision.V2025_11_25);
            if (named || message.has("id")) { // older schemas know no error without id
                fits(named ? "JSONRPCErrorResponse" : "JSONRPCError", message);
            }
        } else {
            fits(revision.since(Revision.V2025_11_25) ? "JSONRPCResultResponse" : "JSONRPCResponse", message);
            boolean interim = message.path("result").path("resultType").asString("").equals("input_required");
            fits(interim ? "InputRequiredResult" : RESULTS.getOrDefault(method, "Result"), message.path("result"));
        }
    }

    /** A message of a client, as far as it answers what the server asked. */
    void checkAnswers(JsonNode message) {
        if (message.has("result")) {
            fits("ClientResult", message.path("result"));
        }
        if (message.path("params").has("inputResponses")) {
            fits("InputResponses", message.path("params").path("inputResponses"));
        }
    }

    private void fits(String definition, JsonNode value) {
        String wrong = definitions.computeIfAbsent(definition, this::compile).check(value);
        assertEquals("", wrong, () -> value + " is no " + definition + " of " + revision.version());
    }

    private Schema compile(String definition) {
        String in = whole.has("$defs") ? "$defs" : "definitions";
        return Schema.of(whole.deepCopy().put("$ref", "#/" + in + "/" + definition));
    }
}
