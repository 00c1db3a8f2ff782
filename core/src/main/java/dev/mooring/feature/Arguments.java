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
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The way between JSON and the records of a typed tool. Immutable. */
final class Arguments<A extends Record> {
    private static final JsonMapper RESULTS = Json.mapper()
            .rebuild()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private static final int SHOWN = 100;

    private final Schema schema;
    private final ObjectReader reader;
    private final boolean hasDefaults;

    Arguments(Class<A> type) {
        this.schema = Schema.of(RecordSchema.ofArguments(type));
        this.reader = Json.mapper().readerFor(type);
        this.hasDefaults = !schema.tree().findValues("default").isEmpty();
    }

    Schema schema() {
        return schema;
    }

    A read(ObjectNode given) {
        ObjectNode filled = given;
        if (needsFilling(given)) {
            filled = given.deepCopy();
            fill(filled, schema.tree());
        }
        check(schema, filled);
        try {
            return reader.readValue(filled);
        } catch (JacksonException e) {
            throw new InvalidArgumentsException("Invalid arguments: " + described(e));
        }
    }

    static void check(Schema schema, ObjectNode given) {
        String wrong = schema.check(given);
        if (!wrong.isEmpty()) {
            throw new InvalidArgumentsException("Invalid arguments: " + wrong);
        }
    }

    /** What is wrong with a value that fits the schema but not its component, such as a date that is none. */
    private static String described(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            path.append('/').append(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName());
        }
        String what = switch (e) {
            case InvalidFormatException value -> shortened(String.valueOf(value.getValue())) + " (expected: "
                    + value.getTargetType().getSimpleName() + ")";
            case ValueInstantiationException refused when refused
                    .getCause() instanceof IllegalArgumentException cause ->
                cause.getMessage();
            default -> e.getOriginalMessage();
        };
        return (path.isEmpty() ? "/" : path) + ": " + what;
    }

    private static String shortened(String value) {
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }

    static ToolResult structured(String tool, Record result) {
        try {
            JsonNode tree = RESULTS.valueToTree(result);
            return new ToolResult(List.of(Content.text(tree.toString())), tree, false, null);
        } catch (JacksonException e) {
            throw new IllegalStateException("result of tool " + tool + " cannot be written as JSON", e);
        }
    }

    private boolean needsFilling(ObjectNode given) {
        return hasDefaults || hasNull(given);
    }

    private static boolean hasNull(JsonNode given) {
        for (JsonNode value : given) {
            if (value.isNull() || hasNull(value)) {
                return true;
            }
        }
        return false;
    }

    /** Puts defaults in, and takes nulls out where a member may be absent: models send both. */
    private void fill(JsonNode given, JsonNode described) {
        JsonNode type = resolved(described);
        if (given instanceof ArrayNode list) {
            list.forEach(item -> fill(item, type.path("items")));
        } else if (given instanceof ObjectNode object) {
            JsonNode properties = type.path("properties");
            properties.properties().forEach(property -> fill(object, property.getKey(), property.getValue(), type));
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                fill(member.getValue(),
                        properties.path(member.getKey()).isMissingNode() ? type.path("additionalProperties")
                                : properties.path(member.getKey()));
            }
        }
    }

    private static void fill(ObjectNode given, String name, JsonNode property, JsonNode type) {
        JsonNode value = given.get(name);
        if (value != null && value.isNull() && !isRequired(type, name)) {
            given.remove(name);
            value = null;
        }
        JsonNode otherwise = property.get("default");
        if (value == null && otherwise != null) {
            given.set(name, otherwise.deepCopy());
        }
    }

    private JsonNode resolved(JsonNode described) {
        String reference = described.path("$ref").asString("");
        return reference.startsWith("#") ? schema.tree().at(reference.substring(1)) : described;
    }

    private static boolean isRequired(JsonNode type, String name) {
        for (JsonNode required : type.path("required")) {
            if (required.asString().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
