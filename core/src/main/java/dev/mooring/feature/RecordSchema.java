package dev.mooring.feature;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas made from records. A component is required unless it is an {@code Optional}, annotated as nullable, or has a
 * {@link Default}; enums, lists, maps and nested records come out as one expects.
 */
final class RecordSchema {
    private static final SchemaGenerator ARGUMENTS = generator(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    private static final SchemaGenerator RESULTS = generator();

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
        ObjectNode schema = generator.generateSchema(type);
        schema.put("type", "object");
        return schema;
    }

    private static SchemaGenerator generator(Option... more) {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(Option.FLATTENED_ENUMS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                                Option.PLAIN_DEFINITION_KEYS)
                        .without(Option.SCHEMA_VERSION_INDICATOR);
        Stream.of(more).forEach(config::with);
        config.forTypesInGeneral()
                .withDescriptionResolver(scope -> ofType(scope.getType().getErasedType()))
                .withAdditionalPropertiesResolver((scope, context) -> null);
        SchemaGeneratorConfigPart<FieldScope> fields = config.forFields();
        fields.withTargetTypeOverridesResolver(RecordSchema::unwrapped);
        fields.withRequiredCheck(RecordSchema::required);
        fields.withDescriptionResolver(RecordSchema::description);
        fields.withDefaultResolver(RecordSchema::defaultValue);
        fields.withPropertyNameOverrideResolver(RecordSchema::name);
        return new SchemaGenerator(config.build());
    }

    private static @Nullable String ofType(Class<?> type) {
        Description description = type.getAnnotation(Description.class);
        return description == null ? null : description.value();
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
        Description description = field.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    private static @Nullable String name(FieldScope field) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        return property == null || property.value().isEmpty() ? null : property.value();
    }

    private static @Nullable JsonNode defaultValue(FieldScope field) {
        Default given = field.getAnnotation(Default.class);
        if (given == null) {
            return null;
        }
        Class<?> type = field.getType().getErasedType();
        if (type == String.class || type.isEnum()) {
            return Json.mapper().getNodeFactory().stringNode(given.value());
        }
        try {
            return Json.mapper().readTree(given.value());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "@Default of " + field.getDeclaredName() + ": " + given.value() + " (expected: JSON)", e);
        }
    }
}
