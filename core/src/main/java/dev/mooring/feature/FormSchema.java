package dev.mooring.feature;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.json.Json;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The restricted schemas of forms: made from the schema of a record, or checked.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#requested-schema">Requested
 *     Schema</a>
 */
final class FormSchema {
    private static final Map<Class<?>, String> FORMATS = Map.of(LocalDate.class, "date", Instant.class, "date-time",
            OffsetDateTime.class, "date-time", URI.class, "uri");

    private static final Set<String> SCALARS = Set.of("string", "number", "integer", "boolean");

    private FormSchema() {}

    /** What clients see of a record as a form; {@code described} is its schema as arguments. */
    static ObjectNode of(Class<? extends Record> type, ObjectNode described) {
        ObjectNode form = Json.object().put("type", "object");
        ObjectNode properties = form.putObject("properties");
        for (Field field : type.getDeclaredFields()) {
            String name = name(field);
            if (described.path("properties").get(name) instanceof ObjectNode property) {
                properties.set(name, property(field, property));
            }
        }
        if (described.has("required")) {
            form.set("required", described.get("required"));
        }
        check(form);
        return form;
    }

    private static String name(Field field) {
        JsonProperty named = field.getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? field.getName() : named.value();
    }

    private static ObjectNode property(Field field, ObjectNode described) {
        ObjectNode property = Json.object();
        Class<?> type = type(field.getGenericType());
        Class<?> item = item(field.getGenericType());
        property.set("type", described.path("type"));
        putTitle(property, field);
        if (described.has("description")) {
            property.set("description", described.get("description"));
        }
        if (item != null && item.isEnum()) {
            property.set("items", choice(Json.object(), item, "anyOf"));
        } else if (type.isEnum()) {
            choice(property, type, "oneOf");
        } else if (item != null) {
            property.set("items", described.path("items")); // refused by the check
        }
        String format = field.isAnnotationPresent(Email.class) ? "email" : FORMATS.get(type);
        if (format != null) {
            property.put("type", "string").put("format", format);
        }
        if (described.has("default")) {
            property.set("default", described.get("default"));
        }
        return property;
    }

    private static void putTitle(ObjectNode schema, AnnotatedElement named) {
        Title title = named.getAnnotation(Title.class);
        if (title != null) {
            schema.put("title", title.value());
        }
    }

    /** The constants of an enum, with titles if one of them has one. */
    private static ObjectNode choice(ObjectNode schema, Class<?> type, String titled) {
        Field[] constants = Arrays.stream(type.getDeclaredFields()).filter(Field::isEnumConstant).toArray(Field[]::new);
        boolean anyTitle = Arrays.stream(constants).anyMatch(constant -> constant.isAnnotationPresent(Title.class));
        if (!anyTitle) {
            schema.put("type", "string");
        }
        ArrayNode values = schema.putArray(anyTitle ? titled : "enum");
        for (Field constant : constants) {
            if (anyTitle) {
                Title title = constant.getAnnotation(Title.class);
                values.addObject()
                        .put("const", name(constant))
                        .put("title", title == null ? name(constant) : title.value());
            } else {
                values.add(name(constant));
            }
        }
        return schema;
    }

    /** The class of a component, without the {@code Optional} around it. */
    private static Class<?> type(Type declared) {
        Type bare = unwrapped(declared);
        return bare instanceof Class<?> type ? type
                : bare instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw ? raw
                        : Object.class;
    }

    /** What a component is a list or set of; null if it is none. */
    private static @Nullable Class<?> item(Type declared) {
        return unwrapped(declared) instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
                && Iterable.class.isAssignableFrom(raw)
                && generic.getActualTypeArguments()[0] instanceof Class<?> item ? item : null;
    }

    private static Type unwrapped(Type declared) {
        return declared instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : declared;
    }

    /** Refuses what no client could make a form of. */
    static void check(ObjectNode schema) {
        if (!schema.path("type").asString("").equals("object") || !schema.path("properties").isObject()) {
            throw new IllegalArgumentException("form: " + schema + " (expected: type \"object\" with properties)");
        }
        schema.path("properties").forEachEntry(FormSchema::check);
    }

    private static void check(String name, JsonNode property) {
        String type = property.path("type").asString("");
        boolean choices = type.equals("array")
                && (property.path("items").path("enum").isArray() || property.path("items").path("anyOf").isArray());
        if (!choices && !SCALARS.contains(type)) {
            throw new IllegalArgumentException("form: " + name + " is " + property
                    + " (expected: a string, number, integer, boolean, or an array of choices)");
        }
    }
}
