package dev.mooring.feature;

import dev.mooring.json.Json;
import dev.mooring.model.PromptArgument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way from texts by name, which is all that prompts and URI templates are given, to a record. A component that is no text
 * is given as JSON; an empty text for one that may be absent counts as absent. Immutable.
 */
final class TextArguments<A extends Record> {
    private final Arguments<A> arguments;
    private final JsonNode properties;
    private final Set<String> required = new HashSet<>(); // filled by the constructor

    TextArguments(Class<A> type) {
        this.arguments = new Arguments<>(type);
        ObjectNode schema = arguments.schema().tree();
        this.properties = schema.path("properties");
        schema.path("required").forEach(name -> required.add(name.asString()));
    }

    /** @throws InvalidArgumentsException if they do not fit */
    A read(Map<String, String> given) {
        ObjectNode tree = Json.object();
        given.forEach((name, text) -> {
            JsonNode property = properties.path(name);
            if (!text.isEmpty() || required.contains(name) || isAnyText(property)) {
                tree.set(name, value(text, property));
            }
        });
        return arguments.read(tree);
    }

    private static boolean isAnyText(JsonNode property) {
        return property.path("type").asString("string").equals("string") && !property.has("enum")
                && !property.has("format");
    }

    private static JsonNode value(String text, JsonNode property) {
        if (!property.path("type").asString("string").equals("string")) {
            try {
                return Json.mapper().readTree(text);
            } catch (JacksonException e) {
                // the check against the schema tells what was expected
            }
        }
        return Json.mapper().getNodeFactory().stringNode(text);
    }

    /** The components, as prompts describe them. */
    List<PromptArgument> described() {
        List<PromptArgument> described = new ArrayList<>();
        properties.properties()
                .forEach(property -> described.add(new PromptArgument(property.getKey(), null,
                        property.getValue().path("description").stringValue(""),
                        required.contains(property.getKey()))));
        return described;
    }

    /** For each component that is an enum, its values. */
    Map<String, Completer> completers() {
        Map<String, Completer> completers = new LinkedHashMap<>();
        properties.properties().forEach(property -> {
            List<String> choices =
                    property.getValue().path("enum").valueStream().map(choice -> choice.stringValue("")).toList();
            if (!choices.isEmpty()) {
                completers.put(property.getKey(), Completer.of(choices));
            }
        });
        return completers;
    }
}
