package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Parameters marked as mirrored into header fields are known to the tool, and marks that clients refuse are refused. */
class ParameterHeaderTest {
    enum Zone {
        EAST,
        WEST
    }

    record Place(@Header("Zone") Zone zone, int number) {}

    record Query(
            @Header("Region") @Description("Where") String region,
            @Header("Dry-Run") Optional<Boolean> dryRun,
            @Header("Limit") @Default("10") long limit,
            Place place,
            String text) {}

    record Fraction(@Header("Ratio") double ratio) {}

    record Several(@Header("Names") List<String> names) {}

    record InList(List<Place> places) {}

    record Twice(Place from, Place to) {}

    private static Tool literal(String property) {
        return Tool.named("t")
                .schema("""
                        {"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},%s}}"""
                        .formatted(property))
                .text((in, call) -> "");
    }

    private static String refusal(Runnable making) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, making::run).getMessage());
    }

    @Test
    void markedComponents_areMarkedInTheSchema() {
        Tool tool = Tool.named("t").arguments(Query.class).text((in, call) -> "");

        assertEquals(List.of(new ParameterHeader("Mcp-Param-Region", List.of("region")),
                new ParameterHeader("Mcp-Param-Dry-Run", List.of("dryRun")),
                new ParameterHeader("Mcp-Param-Limit", List.of("limit")),
                new ParameterHeader("Mcp-Param-Zone", List.of("place", "zone"))), tool.headers());
        ObjectNode region = (ObjectNode) tool.inputSchema().at("/properties/region");
        assertEquals("Region", region.path("x-mcp-header").asString());
        assertEquals("Where", region.path("description").asString());
    }

    @Test
    void markedComponentOfAResult_isNotMarked() {
        Tool tool = Tool.named("t").arguments(Query.class).structured(Place.class, (in, call) -> in.place());

        assertTrue(tool.outputSchema().orElseThrow().findValues("x-mcp-header").isEmpty());
    }

    @Test
    void value_isReadAtThePathOfItsParameter() {
        ParameterHeader header = new ParameterHeader("Mcp-Param-X", List.of("a", "b"));

        assertEquals("1", header.value((ObjectNode) Json.mapper().readTree("{\"a\":{\"b\":1},\"b\":2}")).asString());
        for (String json : List.of("{}", "{\"a\":7}", "{\"a\":{}}", "{\"a\":[{\"b\":1}]}", "{\"a\":null}")) {
            assertTrue(header.value((ObjectNode) Json.mapper().readTree(json)).isMissingNode(), json);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b\":{\"type\":\"integer\",\"x-mcp-header\":\"B\"}",
        "\"b\":{\"type\":\"boolean\",\"x-mcp-header\":\"!#$%&'*+-.^_`|~09azAZ\"}",
        "\"b\":{\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"string\",\"x-mcp-header\":\"C\"}}}",
        "\"x-mcp-header\":{\"type\":\"string\"}", "\"b\":{\"const\":{\"x-mcp-header\":\"C\"}}",
        "\"b\":{\"default\":{\"x-mcp-header\":\" \"}}", "\"properties\":{\"type\":\"string\",\"x-mcp-header\":\"P\"}"})
    void markThatTheSpecificationAllows_isTaken(String property) {
        assertEquals("Mcp-Param-A", literal(property).headers().getFirst().field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"a b\"", "\" A\"", "\"a:b\"", "\"Ä\"", "\"a\\r\\nX-Y: z\"", "\"a\\u0000\"",
        "\"a/b\"", "\"(a)\"", "7", "true", "null", "{}", "[\"B\"]"})
    void nameThatIsNoToken_isRefused(String name) {
        String refusal = refusal(() -> literal("\"b\":{\"type\":\"string\",\"x-mcp-header\":%s}".formatted(name)));

        assertTrue(refusal.startsWith("inputSchema: /properties/b/x-mcp-header: "), refusal);
        assertTrue(refusal.contains("Region"), refusal);
    }

    @ParameterizedTest
    @CsvSource({"\"number\"", "\"object\"", "\"array\"", "\"null\"", "'[\"string\",\"null\"]'", "'[\"string\"]'"})
    void parameterOfAnotherType_isRefused(String type) {
        String refusal = refusal(() -> literal("\"b\":{\"type\":%s,\"x-mcp-header\":\"B\"}".formatted(type)));

        assertTrue(refusal.endsWith("(expected: on parameters of type string, integer or boolean, not " + type + ")"),
                refusal);
    }

    @Test
    void parameterOfNoType_isRefused() {
        refusal(() -> literal("\"b\":{\"x-mcp-header\":\"B\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A"})
    void nameThatDiffersInCaseAlone_isRefused(String name) {
        assertTrue(refusal(() -> literal("\"b\":{\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"string\","
                + "\"x-mcp-header\":\"" + name + "\"}}}")).contains("whatever its case"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"items\":%s", "\"prefixItems\":[%s]", "\"contains\":%s", "\"additionalProperties\":%s",
        "\"patternProperties\":{\"x\":%s}", "\"oneOf\":[true,%s]", "\"anyOf\":[%s]", "\"allOf\":[%s]", "\"not\":%s",
        "\"if\":%s", "\"then\":%s", "\"else\":%s", "\"$defs\":{\"x\":%s}", "\"dependentSchemas\":{\"x\":%s}",
        "\"propertyNames\":%s", "\"unevaluatedProperties\":%s", "\"items\":{\"properties\":{\"c\":%s}}",
        "\"allOf\":[{\"properties\":{\"c\":%s}}]"})
    void markThatIsNotReachedByPropertiesAlone_isRefused(String keyword) {
        String marked = keyword.formatted("{\"type\":\"string\",\"x-mcp-header\":\"B\"}");

        assertTrue(refusal(() -> literal("\"b\":{" + marked + "}")).contains("\"properties\" alone"), marked);
    }

    @Test
    void markOfTheWhole_isRefused() {
        refusal(() -> Tool.named("t").schema("{\"type\":\"object\",\"x-mcp-header\":\"A\"}").text((in, call) -> ""));
    }

    @ParameterizedTest
    @ValueSource(classes = {Fraction.class, Several.class, InList.class, Twice.class})
    void componentThatCannotBeMirrored_isRefused(Class<? extends Record> type) {
        refusal(() -> Tool.named("t").arguments(type).text((in, call) -> ""));
    }
}
