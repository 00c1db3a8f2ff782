package dev.mooring.feature;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.mooring.json.Json;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas made from records. A component is required unless it is an {@code Optional}, annotated as nullable, or has a
 * {@link Default}; enums (by name), lists, maps and nested records come out as one expects, and a JSON tree as anything.
 */
final class RecordSchema {
    private static final SchemaGenerator ARGUMENTS = forArguments();
    private static final SchemaGenerator RESULTS = new SchemaGenerator(config().build());

    private RecordSchema() {}

    /** For arguments: members that the record does not have are refused, so that a misspelt name is noticed. */
    static ObjectNode ofArguments(Class<?> type) {
        return generate(ARGUMENTS, type);
    }

    static ObjectNode ofResult(Class<?> type) {
        return generate(RESULTS, type);
    }

    private static ObjectNode generate(SchemaGenerator generator, Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " (expected: a record)");
        }
        // Read again: the generator wraps defaults in nodes that only look like JSON when they are written.
        ObjectNode generated = (ObjectNode) Json.mapper().readTree(generator.generateSchema(type).toString());
        ObjectNode schema = Json.object().put("type", "object");
        JsonNode definitions = generated.remove("$defs");
        schema.setAll(generated);
        if (definitions != null) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private static SchemaGenerator forArguments() {
        SchemaGeneratorConfigBuilder config = config().with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        config.forFields().withInstanceAttributeOverride((schema, field, context) -> mark(schema, field));
        return new SchemaGenerator(config.build());
    }

    private static SchemaGeneratorConfigBuilder config() {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(Option.FLATTENED_ENUMS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                                Option.PLAIN_DEFINITION_KEYS)
                        .without(Option.SCHEMA_VERSION_INDICATOR, Option.FLATTENED_OPTIONALS);
        config.forTypesInGeneral()
                .withPropertySorter((unusedOne, unusedOther) -> 0) // as declared
                .withCustomDefinitionProvider((scope, context) -> special(scope.getErasedType()))
                .withDescriptionResolver(scope -> ofType(scope.getType().getErasedType()))
                .withAdditionalPropertiesResolver((scope, context) -> null);
        SchemaGeneratorConfigPart<FieldScope> fields = config.forFields();
        fields.withTargetTypeOverridesResolver(RecordSchema::unwrapped);
        fields.withRequiredCheck(RecordSchema::required);
        fields.withDescriptionResolver(RecordSchema::description);
        fields.withDefaultResolver(RecordSchema::defaultValue);
        fields.withPropertyNameOverrideResolver(RecordSchema::name);
        return config;
    }

    private static @Nullable String ofType(Class<?> type) {
        Description description = type.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    /** The schema of a type that JSON has a better one for than its members; null for all others. */
    private static @Nullable CustomDefinition special(Class<?> type) {
        ObjectNode schema = Json.object();
        if (ArrayNode.class.isAssignableFrom(type)) {
            schema.put("type", "array");
        } else if (ObjectNode.class.isAssignableFrom(type)) {
            schema.put("type", "object");
        } else if (type == byte.class || type == Byte.class) {
            schema.put("type", "integer");
        } else if (type == byte[].class) {
            schema.put("type", "string").put("contentEncoding", "base64");
        } else if (type.isEnum()) {
            schema.put("type", "string");
            schema.set("enum", Json.mapper().valueToTree(type.getEnumConstants()));
        } else if (!JsonNode.class.isAssignableFrom(type)) {
            return null;
        }
        return new CustomDefinition(schema, CustomDefinition.INLINE_DEFINITION, CustomDefinition.EXCLUDING_ATTRIBUTES);
    }

    private static @Nullable List<ResolvedType> unwrapped(FieldScope field) {
        Class<?> type = field.getType().getErasedType();
        if (type == Optional.class) {
            return List.of(field.getTypeParameterFor(Optional.class, 0));
        }
        if (type == OptionalInt.class) {
            return List.of(field.getContext().resolve(int.class));
        }
        if (type == OptionalLong.class) {
            return List.of(field.getContext().resolve(long.class));
        }
        return type == OptionalDouble.class ? List.of(field.getContext().resolve(double.class)) : null;
    }

    private static boolean required(FieldScope field) {
        Class<?> declared = field.getRawMember().getType();
        boolean optional = declared.getName().startsWith("java.util.Optional");
        return !optional && field.getAnnotation(Default.class) == null && !nullable(field);
    }

    private static boolean nullable(FieldScope field) {
        Annotation[] onType = field.getRawMember().getAnnotatedType().getAnnotations();
        Annotation[] onField = field.getRawMember().getAnnotations();
        return Stream.concat(Arrays.stream(onType), Arrays.stream(onField))
                .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    private static @Nullable String description(FieldScope field) {
        Description description = annotation(field, Description.class);
        return description == null ? null : description.value();
    }

    /** What is said of the component itself; the items of a list are asked for too, and it is not said of them. */
    private static <A extends Annotation> @Nullable A annotation(FieldScope field, Class<A> type) {
        return field.isFakeContainerItemScope() ? null : field.getAnnotation(type);
    }

    private static void mark(ObjectNode schema, FieldScope field) {
        Header header = annotation(field, Header.class);
        if (header != null) {
            schema.put(HeaderMarks.KEYWORD, header.value());
        }
    }

    private static @Nullable String name(FieldScope field) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        return property == null || property.value().isEmpty() ? null : property.value();
    }

    private static @Nullable JsonNode defaultValue(FieldScope field) {
        Default given = annotation(field, Default.class);
        if (given == null) {
            return null;
        }
        Class<?> type = field.getType().getErasedType();
        try {
            JsonNode value =
                    type == String.class || type.isEnum() ? Json.mapper().getNodeFactory().stringNode(given.value())
                            : Json.mapper().readTree(given.value());
            Json.mapper().treeToValue(value, Json.mapper().constructType(field.getRawMember().getGenericType()));
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("@Default of " + field.getDeclaredName() + ": " + given.value()
                    + " (expected: " + type.getSimpleName() + ")", e);
        }
    }
}
