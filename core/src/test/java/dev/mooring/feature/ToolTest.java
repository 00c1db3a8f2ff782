package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.model.ToolResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A tool with schemas of its author's own, and what every tool is checked for. */
class ToolTest {
    /** The tool {@code json_schema_2020_12_tool} of the official conformance suite. */
    private static final String LITERAL =
            "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
                    + "\"$defs\":{\"address\":{\"$anchor\":\"addressDef\",\"type\":\"object\",\"properties\":{\"street\":{\"type\":\"string\"},"
                    + "\"city\":{\"type\":\"string\"}}}},\"properties\":{\"name\":{\"type\":\"string\"},\"address\":{\"$ref\":\"#/$defs/address\"},"
                    + "\"contactMethod\":{\"type\":\"string\",\"enum\":[\"phone\",\"email\"]},\"phone\":{\"type\":\"string\"},"
                    + "\"email\":{\"type\":\"string\"}},\"allOf\":[{\"anyOf\":[{\"required\":[\"phone\"]},{\"required\":[\"email\"]}]}],"
                    + "\"if\":{\"properties\":{\"contactMethod\":{\"const\":\"phone\"}},\"required\":[\"contactMethod\"]},"
                    + "\"then\":{\"required\":[\"phone\"]},\"else\":{\"required\":[\"email\"]},\"additionalProperties\":false}";

    @SuppressWarnings("NullAway") // no handler here looks at its call
    private static ToolResult call(Tool tool, String json) throws Exception {
        return tool.call((ObjectNode) Json.mapper().readTree(json), null);
    }

    private static Tool literal() {
        return Tool.named("t").schema(LITERAL).text((in, call) -> in.toString());
    }

    @Test
    void literalSchema_passesVerbatim() {
        assertEquals(LITERAL, literal().inputSchema().toString());
    }

    @Test
    void literalSchema_isObeyed() throws Exception {
        String fits = "{\"contactMethod\":\"phone\",\"phone\":\"1\",\"address\":{\"city\":\"x\"}}";
        assertEquals(fits, call(literal(), fits).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"contactMethod\":\"phone\",\"email\":\"x\"}", "{\"phone\":\"1\"}",
        "{\"email\":\"x\",\"address\":{\"city\":1}}", "{\"email\":\"x\",\"z\":1}"})
    void argumentsThatDoNotFitALiteralSchema_areRefused(String json) {
        assertThrows(InvalidArgumentsException.class, () -> call(literal(), json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "true", "{}", "{\"type\":\"string\"}", "{\"type\":[\"object\"]}",
        "{\"type\":\"object\",\"properties\":1}", "{\"type\":\"object\",\"type\":\"object\"}",
        "{\"type\":\"object\",\"allOf\":[{\"$ref\":\"http://127.0.0.1/x\"}]}"})
    void schemaThatIsNoneOfAnObject_isRefused(String json) {
        assertThrows(IllegalArgumentException.class, () -> Tool.named("t").schema(json));
    }

    @Test
    void toolWithoutArguments_takesNone() throws Exception {
        Tool tool = Tool.named("t").noArguments().text((in, call) -> "x");
        assertEquals("x", call(tool, "{}").text());
        assertThrows(InvalidArgumentsException.class, () -> call(tool, "{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-z_0.9", "get.weather", "-"})
    void nameOfAllowedCharacters_isTaken(String name) {
        assertEquals(name, Tool.named(name).noArguments().text((in, call) -> "").name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "a\u0000", "😀"})
    void nameOfOtherCharacters_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Tool.named(name));
    }

    @Test
    void nameIsBounded_at128() {
        Tool.named("a".repeat(128));
        assertThrows(IllegalArgumentException.class, () -> Tool.named("a".repeat(129)));
    }

    private static Tool counting(ToolResult result) {
        ObjectNode output = (ObjectNode) Json.mapper()
                .readTree("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}");
        return Tool.named("counter").noArguments().outputSchema(output).result((in, call) -> result);
    }

    @Test
    void resultThatFitsItsLiteralSchema_isGiven() throws Exception {
        ToolResult result = ToolResult.text("1").withStructured(Json.object().put("n", 1));
        assertEquals(result, call(counting(result), "{}"));
    }

    @Test
    void resultThatDoesNotFitItsLiteralSchema_isTheAuthorsError() {
        Tool tool = counting(ToolResult.text("1").withStructured(Json.object().put("n", "1")));
        Exception e = assertThrows(IllegalStateException.class, () -> call(tool, "{}"));
        assertEquals("result of tool counter does not fit its output schema: /n: string found, integer expected",
                e.getMessage());
    }

    @Test
    void resultWithoutDataDespiteASchema_isTheAuthorsError() {
        assertThrows(IllegalStateException.class, () -> call(counting(ToolResult.text("1")), "{}"));
    }

    @Test
    void failureOfATool_needsNoData() throws Exception {
        assertTrue(call(counting(ToolResult.error("no")), "{}").isError());
    }

    @Test
    void outputSchemaThatIsInvalid_isRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> Tool.named("t").noArguments().outputSchema(Json.object().put("type", 1)));
    }

    @Test
    void tool_doesNotChangeWithItsBuilder() {
        ToolBuilder builder = Tool.named("t").title("a").timeout(Duration.ofSeconds(1));
        Tool tool = builder.noArguments().text((in, call) -> "");
        builder.title("b").timeout(Duration.ofSeconds(2));
        assertEquals("a", tool.title().orElseThrow());
        assertEquals(Duration.ofSeconds(1), tool.timeout().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void timeoutThatIsNone_isRefused(long seconds) {
        assertThrows(IllegalArgumentException.class, () -> Tool.named("t").timeout(Duration.ofSeconds(seconds)));
    }

    @Test
    void features_areInOrderAndUniqueByName() {
        Features<Tool> tools = new Catalog().tools();
        Tool b = Tool.named("b").noArguments().text((in, call) -> "");
        Tool a = Tool.named("a").noArguments().text((in, call) -> "");
        tools.add(b);
        tools.add(a);
        assertEquals(List.of(a, b), List.copyOf(tools.all()));
        assertThrows(IllegalStateException.class, () -> tools.add(a));
    }

    @Test
    void removedFeature_isNoLongerFound() {
        Features<Tool> tools = new Catalog().tools();
        tools.add(Tool.named("a").noArguments().text((in, call) -> ""));
        assertTrue(tools.remove("a"));
        assertEquals(false, tools.remove("a"));
        assertEquals(List.of(), List.copyOf(tools.all()));
    }
}
