package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema that a client sees of a record. */
class RecordSchemaTest {
    private static final Set<String> STANDARD = Set.of("type", "properties", "required", "additionalProperties",
            "items", "enum", "default", "description", "format", "contentEncoding", "$ref", "$defs");

    enum Color {
        RED,
        green
    }

    enum Named {
        @JsonProperty("first")
        ONE,
        TWO;

        @Override
        public String toString() {
            return "a number";
        }
    }

    record Point(int x, int y) {}

    @Description("A place on the map")
    record Place(@Description("Its name") String name, @Default("7") int zoom, Optional<String> note) {}

    record Box<T>(T content) {}

    record Tree(String name, List<Tree> children) {}

    @SuppressWarnings("ArrayRecordComponent") // not wise, but it works
    record Everything(
            String text,
            char letter,
            int small,
            Integer boxed,
            long large,
            Byte tiny,
            BigInteger huge,
            double real,
            BigDecimal exact,
            boolean flag,
            Color color,
            Named named,
            List<String> list,
            Set<Integer> set,
            Map<String, Long> map,
            int[] numbers,
            byte[] bytes,
            Point point,
            List<Point> points,
            Instant instant,
            LocalDate day,
            Duration time,
            UUID uuid,
            URI uri,
            JsonNode any,
            ObjectNode object,
            ArrayNode array,
            Object something) {}

    record Optionals(
            Optional<String> text,
            OptionalInt small,
            OptionalLong large,
            OptionalDouble real,
            Optional<List<Color>> list,
            Optional<Point> point,
            @Nullable String nullable,
            @Nullable Point nullablePoint,
            List<Optional<String>> inside) {}

    record Defaults(
            @Default("x") String text,
            @Default("") String empty,
            @Default("3") int small,
            @Default("4") Long large,
            @Default("1.5") double real,
            @Default("2.50") BigDecimal exact,
            @Default("true") boolean flag,
            @Default("green") Color color,
            @Default("[\"a\"]") List<String> list,
            @Default("{\"a\":1}") Map<String, Integer> map,
            @Default("{\"x\":1,\"y\":2}") Point point,
            @Default("5") OptionalInt optional,
            @Default("\"2026-01-01\"") LocalDate day,
            @Default("[1]") JsonNode any) {}

    record Places(Place home, @Description("Where to go") List<Place> others, Map<String, Place> byName) {}

    record Renamed(@JsonProperty("re-named") String name, String getName, boolean isSet) {}

    record Boxes(Box<String> one, Box<String> other, Box<Integer> third) {}

    record Forest(Tree tree, Optional<Tree> other) {}

    record NotANumber(@Default("x") int number) {}

    record NotAConstant(@Default("purple") Color color) {}

    private static JsonNode property(Class<?> type, String name) {
        return RecordSchema.ofArguments(type).path("properties").path(name);
    }

    static Stream<Arguments> components() {
        String point =
                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\"},\"y\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"x\",\"y\"],\"additionalProperties\":false}";
        return Stream.of(of("text", "string"), of("letter", "string"), of("small", "integer"), of("boxed", "integer"),
                of("large", "integer"), of("tiny", "integer"), of("huge", "integer"), of("real", "number"),
                of("exact", "number"), of("flag", "boolean"), of("object", "object"), of("array", "array"),
                Arguments.of("color", "{\"type\":\"string\",\"enum\":[\"RED\",\"green\"]}"),
                Arguments.of("named", "{\"type\":\"string\",\"enum\":[\"first\",\"TWO\"]}"),
                Arguments.of("list", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"),
                Arguments.of("set", "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}"),
                Arguments.of("map", "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"),
                Arguments.of("numbers", "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}"),
                Arguments.of("bytes", "{\"type\":\"string\",\"contentEncoding\":\"base64\"}"),
                Arguments.of("instant", "{\"type\":\"string\",\"format\":\"date-time\"}"),
                Arguments.of("day", "{\"type\":\"string\",\"format\":\"date\"}"),
                Arguments.of("time", "{\"type\":\"string\",\"format\":\"duration\"}"),
                Arguments.of("uuid", "{\"type\":\"string\",\"format\":\"uuid\"}"),
                Arguments.of("uri", "{\"type\":\"string\",\"format\":\"uri\"}"), Arguments.of("any", "{}"),
                Arguments.of("something", "{}"), Arguments.of("point", "{\"$ref\":\"#/$defs/Point\"}"),
                Arguments.of("points", "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/Point\"}}"),
                Arguments.of("/$defs/Point", point));
    }

    private static Arguments of(String component, String type) {
        return Arguments.of(component, "{\"type\":\"" + type + "\"}");
    }

    @ParameterizedTest
    @MethodSource("components")
    void component_hasTheSchemaOfItsType(String component, String schema) {
        ObjectNode whole = RecordSchema.ofArguments(Everything.class);
        JsonNode actual = component.startsWith("/") ? whole.at(component) : whole.path("properties").path(component);
        assertEquals(Json.mapper().readTree(schema), actual);
    }

    static Stream<Arguments> optionals() {
        return Stream.of(of("text", "string"), of("small", "integer"), of("large", "integer"), of("real", "number"),
                of("nullable", "string"), Arguments.of("point", "{\"$ref\":\"#/$defs/Point\"}"),
                Arguments.of("nullablePoint", "{\"$ref\":\"#/$defs/Point\"}"),
                Arguments.of("list",
                        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"RED\",\"green\"]}}"),
                Arguments.of("inside", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
    }

    @ParameterizedTest
    @MethodSource("optionals")
    void optionalComponent_hasTheSchemaOfItsValue(String component, String schema) {
        assertEquals(Json.mapper().readTree(schema), property(Optionals.class, component));
    }

    @Test
    void components_areRequiredUnlessTheyMayBeAbsent() {
        assertEquals("[\"inside\"]", RecordSchema.ofArguments(Optionals.class).path("required").toString());
        assertTrue(RecordSchema.ofArguments(Defaults.class).path("required").isMissingNode());
        assertEquals("[\"x\",\"y\"]", RecordSchema.ofArguments(Point.class).path("required").toString());
    }

    static Stream<Arguments> defaults() {
        return Stream.of(Arguments.of("text", "\"x\""), Arguments.of("empty", "\"\""), Arguments.of("small", "3"),
                Arguments.of("large", "4"), Arguments.of("real", "1.5"), Arguments.of("exact", "2.5"),
                Arguments.of("flag", "true"), Arguments.of("color", "\"green\""), Arguments.of("list", "[\"a\"]"),
                Arguments.of("map", "{\"a\":1}"), Arguments.of("point", "{\"x\":1,\"y\":2}"),
                Arguments.of("optional", "5"), Arguments.of("day", "\"2026-01-01\""), Arguments.of("any", "[1]"));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void default_isAValueOfItsType(String component, String json) {
        assertEquals(Json.mapper().readTree(json), property(Defaults.class, component).get("default"));
    }

    @Test
    void defaultOfAList_isNotSaidOfItsItems() {
        assertEquals("{\"type\":\"string\"}", property(Defaults.class, "list").get("items").toString());
        assertEquals("{\"type\":\"integer\"}", property(Defaults.class, "map").get("additionalProperties").toString());
    }

    @ParameterizedTest
    @ValueSource(classes = {NotANumber.class, NotAConstant.class})
    void defaultOfAnotherType_isRefusedNamingTheComponent(Class<?> type) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> RecordSchema.ofArguments(type));
        assertTrue(String.valueOf(e.getMessage()).startsWith("@Default of "), e::getMessage);
    }

    @Test
    void descriptions_areThoseOfTheComponentElseOfTheType() {
        ObjectNode schema = RecordSchema.ofArguments(Places.class);
        assertEquals("A place on the map", schema.at("/$defs/Place/description").asString());
        assertEquals("Its name", schema.at("/$defs/Place/properties/name/description").asString());
        assertEquals("Where to go", schema.at("/properties/others/description").asString());
        assertTrue(schema.at("/properties/others/items/description").isMissingNode(), schema::toString);
        assertEquals("A place on the map", RecordSchema.ofArguments(Place.class).path("description").asString());
    }

    @Test
    void renamedComponent_hasItsNewName() {
        assertEquals("[\"re-named\",\"getName\",\"isSet\"]",
                RecordSchema.ofArguments(Renamed.class).path("required").toString());
    }

    @Test
    void membersTheRecordDoesNotHave_areForbiddenAtEveryLevelOfArguments() {
        ObjectNode schema = RecordSchema.ofArguments(Places.class);
        assertEquals("false", schema.at("/additionalProperties").toString());
        assertEquals("false", schema.at("/$defs/Place/additionalProperties").toString());
        assertEquals("{\"$ref\":\"#/$defs/Place\"}", schema.at("/properties/byName/additionalProperties").toString());
    }

    @Test
    void membersTheRecordDoesNotHave_areAllowedInResults() {
        assertEquals(List.of("additionalProperties"),
                RecordSchema.ofResult(Places.class)
                        .findParents("additionalProperties")
                        .stream()
                        .flatMap(parent -> parent.propertyNames().stream())
                        .filter("additionalProperties"::equals)
                        .toList());
    }

    @Test
    void recursiveRecord_refersToItself() {
        assertEquals("{\"$ref\":\"#\"}",
                RecordSchema.ofArguments(Tree.class).at("/properties/children/items").toString());
        ObjectNode forest = RecordSchema.ofArguments(Forest.class);
        assertEquals("{\"$ref\":\"#/$defs/Tree\"}", forest.at("/properties/tree").toString());
        assertEquals("{\"$ref\":\"#/$defs/Tree\"}", forest.at("/$defs/Tree/properties/children/items").toString());
    }

    @Test
    void genericRecords_areToldApart() {
        ObjectNode schema = RecordSchema.ofArguments(Boxes.class);
        assertEquals(schema.at("/properties/one"), schema.at("/properties/other"));
        assertEquals("integer", schema.at("/properties/third/properties/content/type").asString());
    }

    @Test
    void components_keepTheirOrderAndTypeComesFirst() {
        assertEquals(
                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\"},\"y\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"x\",\"y\"],\"additionalProperties\":false}",
                RecordSchema.ofArguments(Point.class).toString());
        assertEquals("name",
                RecordSchema.ofArguments(Place.class).path("properties").propertyNames().iterator().next());
    }

    @ParameterizedTest
    @ValueSource(classes = {Everything.class, Optionals.class, Defaults.class, Places.class, Forest.class, Boxes.class})
    void schema_hasStandardKeywordsOnly(Class<?> type) {
        Set<String> used = new TreeSet<>();
        keywords(RecordSchema.ofArguments(type), used);
        used.removeAll(STANDARD);
        assertEquals(Set.of(), used);
    }

    private static void keywords(JsonNode schema, Set<String> into) {
        if (!schema.isObject()) {
            return;
        }
        into.addAll(schema.propertyNames());
        Stream.of("properties", "$defs")
                .flatMap(name -> schema.path(name).values().stream())
                .forEach(s -> keywords(s, into));
        Stream.of("items", "additionalProperties").map(schema::path).forEach(s -> keywords(s, into));
    }

    @Test
    void typeThatIsNoRecord_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> RecordSchema.ofArguments(String.class));
    }
}
