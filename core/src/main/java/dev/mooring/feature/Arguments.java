package dev.mooring.feature;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mooring.json.Json;
import dev.mooring.json.Schema;
import dev.mooring.model.Content;
import dev.mooring.model.ToolResult;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The way between JSON and the records of a typed tool. Immutable. */
final class Arguments<A extends Record> {
    private static final JsonMapper RESULTS = Json.mapper()
            .rebuild()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private final Schema schema;
    private final ObjectReader reader;
    private final boolean fills;

    Arguments(Class<A> type) {
        this.schema = Schema.of(RecordSchema.ofArguments(type));
        this.reader = Json.mapper().readerFor(type);
        this.fills = hasDefaults(schema.tree());
    }

    Schema schema() {
        return schema;
    }

    A read(ObjectNode given) {
        ObjectNode filled = needsFilling(given) ? filled(given.deepCopy(), schema.tree()) : given;
        check(schema, filled);
        try {
            return reader.readValue(filled);
        } catch (JacksonException e) {
            throw new InvalidArgumentsException("Invalid arguments: " + e.getOriginalMessage());
        }
    }

    static void check(Schema schema, ObjectNode given) {
        String wrong = schema.check(given);
        if (!wrong.isEmpty()) {
            throw new InvalidArgumentsException("Invalid arguments: " + wrong);
        }
    }

    static ToolResult structured(Record result) {
        JsonNode tree = RESULTS.valueToTree(result);
        return new ToolResult(List.of(Content.text(tree.toString())), tree, false, null);
    }

    private static boolean hasDefaults(JsonNode schema) {
        return !schema.findValues("default").isEmpty();
    }

    private boolean needsFilling(ObjectNode given) {
        if (fills) {
            return true;
        }
        for (JsonNode value : given) {
            if (value.isNull() || value.isObject()) {
                return true;
            }
        }
        return false;
    }

    /** Puts defaults in, and takes nulls out where a member may be absent: models send both. */
    private static ObjectNode filled(ObjectNode given, JsonNode schema) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            JsonNode value = given.get(name);
            if (value != null && value.isNull() && !isRequired(schema, name)) {
                given.remove(name);
                value = null;
            }
            JsonNode otherwise = property.getValue().get("default");
            if (value == null && otherwise != null) {
                given.set(name, otherwise);
            } else if (value instanceof ObjectNode nested) {
                filled(nested, property.getValue());
            }
        }
        return given;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (required.asString().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
