package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.json.Json;
import dev.mooring.model.ToolResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A typed tool gets its record filled, or is not called; its result is data that fits what it promised. */
class TypedToolTest {

    enum Color {
        RED,
        green;

        @Override
        public String toString() {
            return "a color";
        }
    }

    record Inner(int x, @Default("7") int y, Optional<String> z) {}

    record Optionals(
            Optional<String> text,
            OptionalInt number,
            @Nullable String nullable,
            Optional<Inner> inner,
            @Nullable List<Color> colors) {}

    record Defaults(
            @Default("x") String text,
            @Default("3") int number,
            @Default("true") boolean flag,
            @Default("green") Color color,
            @Default("[\"a\"]") List<String> list,
            @Default("{\"x\":1}") Inner inner) {}

    @SuppressWarnings("ArrayRecordComponent") // not wise, but it works
    record Nested(Inner one, List<Inner> list, Map<String, Inner> map, Inner[] array, List<List<Inner>> lists) {}

    record Tree(@Default("leaf") String name, List<Tree> children) {}

    record Times(Instant instant, LocalDate day, Duration time, UUID uuid, URI uri) {}

    @SuppressWarnings("ArrayRecordComponent") // not wise, but it works
    record Free(
            JsonNode any,
            ObjectNode object,
            Map<String, Object> map,
            byte[] bytes,
            @JsonProperty("re-named") char c) {}

    record Positive(int number) {
        Positive {
            if (number < 1) {
                throw new IllegalArgumentException("number: " + number + " (expected: >= 1)");
            }
        }
    }

    record Positives(List<Positive> list) {}

    record None() {}

    private static <A extends Record> A read(Class<A> type, String json) {
        AtomicReference<A> seen = new AtomicReference<>();
        Tool tool = Tool.named("t").arguments(type).text((in, call) -> {
            seen.set(in);
            return "";
        });
        call(tool, json);
        return Objects.requireNonNull(seen.get());
    }

    @SuppressWarnings("NullAway") // no handler here looks at its call
    private static ToolResult call(Tool tool, String json) {
        try {
            return tool.call((ObjectNode) Json.mapper().readTree(json), null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String refused(Class<? extends Record> type, String json) {
        return String.valueOf(assertThrows(InvalidArgumentsException.class, () -> read(type, json)).getMessage())
                .replaceFirst("^Invalid arguments: ", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"text\":null,\"number\":null,\"nullable\":null,\"inner\":null,\"colors\":null}"})
    void absentAndNullMembers_areEmpty(String json) {
        assertEquals(new Optionals(Optional.empty(), OptionalInt.empty(), null, Optional.empty(), null),
                read(Optionals.class, json));
    }

    @Test
    void optionalMembers_areRead() {
        assertEquals(
                new Optionals(Optional.of("a"), OptionalInt.of(1), "b", Optional.of(new Inner(1, 7, Optional.empty())),
                        List.of(Color.green)),
                read(Optionals.class,
                        "{\"text\":\"a\",\"number\":1,\"nullable\":\"b\",\"inner\":{\"x\":1},\"colors\":[\"green\"]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"text\":null,\"number\":null,\"list\":null,\"inner\":null}"})
    void absentAndNullMembers_haveTheirDefault(String json) {
        assertEquals(new Defaults("x", 3, true, Color.green, List.of("a"), new Inner(1, 7, Optional.empty())),
                read(Defaults.class, json));
    }

    @Test
    void givenMembers_winOverTheirDefault() {
        assertEquals(new Defaults("", 0, false, Color.RED, List.of(), new Inner(0, 0, Optional.of(""))), read(
                Defaults.class,
                "{\"text\":\"\",\"number\":0,\"flag\":false,\"color\":\"RED\",\"list\":[],\"inner\":{\"x\":0,\"y\":0,\"z\":\"\"}}"));
    }

    @Test
    void defaultsAndNulls_countInListsAndMapsToo() {
        Nested read = read(Nested.class,
                """
                        {"one":{"x":1},"list":[{"x":2,"z":null}],"map":{"k":{"x":3,"y":null}},"array":[{"x":4}],"lists":[[{"x":5}]]}""");
        assertEquals(List.of(7, 7, 7, 7, 7),
                List.of(read.one().y(), read.list().getFirst().y(), Objects.requireNonNull(read.map().get("k")).y(),
                        read.array()[0].y(), read.lists().getFirst().getFirst().y()));
    }

    @Test
    void defaults_countInARecursiveRecord() {
        Tree read = read(Tree.class, "{\"children\":[{\"name\":\"a\",\"children\":[{\"children\":[]}]}]}");
        Tree leaf = new Tree("leaf", List.of());
        assertEquals(new Tree("leaf", List.of(new Tree("a", List.of(leaf)))), read);
    }

    @Test
    void filling_leavesTheMessageAsItWas() throws Exception {
        Tool tool = Tool.named("t").arguments(Defaults.class).text((in, call) -> "");
        ObjectNode given = Json.object().putNull("text");
        call(tool, given.toString());
        tool.call(given, stub());
        assertEquals("{\"text\":null}", given.toString());
    }

    @SuppressWarnings("NullAway")
    private static Call stub() {
        return null;
    }

    @Test
    void timesAndNames_areRead() {
        UUID uuid = new UUID(1, 2);
        assertEquals(
                new Times(Instant.EPOCH, LocalDate.EPOCH, Duration.ofSeconds(90), uuid,
                        URI.create("https://example.com/")),
                read(Times.class,
                        "{\"instant\":\"1970-01-01T00:00:00Z\",\"day\":\"1970-01-01\",\"time\":\"PT1M30S\",\"uuid\":\""
                                + uuid + "\",\"uri\":\"https://example.com/\"}"));
    }

    @Test
    void freeMembers_takeAnything() {
        Free read = read(Free.class,
                "{\"any\":[1],\"object\":{\"a\":{\"b\":null}},\"map\":{\"k\":[1]},\"bytes\":\"AQI=\",\"re-named\":\"c\"}");
        assertEquals("[1]", read.any().toString());
        assertEquals("{\"a\":{\"b\":null}}", read.object().toString());
        assertEquals(Map.of("k", List.of(1)), read.map());
        assertEquals(2, read.bytes()[1]);
        assertEquals('c', read.c());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}|/: required property 'one' not found",
        "{\"one\":null}|/one: null found, object expected",
        "{\"one\":{\"x\":\"1\"}}|/one/x: string found, integer expected",
        "{\"one\":{\"x\":1.5}}|/one/x: number found, integer expected",
        "{\"list\":[{\"x\":1},{\"x\":[]}]}|/list/1/x: array found, integer expected",
        "{\"map\":{\"a b\":{\"x\":true}}}|/map/a b/x: boolean found, integer expected",
        "{\"list\":[{\"x\":1,\"w\":1}]}|/list/0: property 'w' is not defined in the schema",

        "{\"list\":[null]}|/list/0: null found, object expected"})
    void argumentsThatDoNotFit_areNamedByTheirPath(String json, String said) {
        String message = refused(Nested.class, json);
        assertTrue(message.contains(said), message);
    }

    @Test
    void memberTheRecordDoesNotHave_isRefusedByName() {
        assertEquals(
                "/: property 'nmber' is not defined in the schema and the schema does not allow additional properties",
                refused(Positive.class, "{\"number\":1,\"nmber\":1}"));
    }

    @Test
    void constantThatIsNone_isToldTheOthers() {
        assertEquals("/color: does not have a value in the enumeration [\"RED\", \"green\"]",
                refused(Defaults.class, "{\"color\":\"blue\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"instant|\"noon\"|/instant: noon (expected: Instant)",
        "day|\"2026-02-30\"|/day: 2026-02-30 (expected: LocalDate)", "uuid|\"1\"|/uuid: 1 (expected: UUID)",
        "uri|\"::\"|/uri: :: (expected: URI)"})
    void textThatIsNotOfItsFormat_isNamedByItsPath(String member, String value, String said) {
        ObjectNode json = Json.object()
                .put("instant", "1970-01-01T00:00:00Z")
                .put("day", "1970-01-01")
                .put("time", "PT1S")
                .put("uuid", new UUID(1, 2).toString())
                .put("uri", "x:y");
        json.set(member, Json.mapper().readTree(value));
        assertEquals(said, refused(Times.class, json.toString()));
    }

    @Test
    void longTextThatIsNotOfItsFormat_isShortened() {
        String said = refused(Times.class, "{\"instant\":\"" + "x".repeat(10_000)
                + "\",\"day\":\"1970-01-01\",\"time\":\"PT1S\",\"uuid\":\"" + new UUID(1, 2) + "\",\"uri\":\"x:y\"}");
        assertTrue(said.length() < 200, said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "1e10"})
    void numberThatIsTooLargeForItsComponent_isNamedByItsPath(String number) {
        String said = refused(Positives.class, "{\"list\":[{\"number\":" + number + "}]}");
        assertTrue(said.startsWith("/list/0/number: "), said);
    }

    @Test
    void recordThatRefusesItsComponents_speaksForItself() {
        assertEquals("/list/1: number: -1 (expected: >= 1)",
                refused(Positives.class, "{\"list\":[{\"number\":1},{\"number\":-1}]}"));
    }

    record Result(
            String text,
            Optional<String> optional,
            OptionalInt number,
            @Nullable String nullable,
            double real,
            Instant instant,
            Color color,
            Optional<Inner> inner) {}

    private static Tool answering(@Nullable String text, double real, Optional<Inner> inner) {
        return Tool.named("teller")
                .arguments(None.class)
                .structured(Result.class, (in, call) -> new Result(unchecked(text), Optional.empty(),
                        OptionalInt.empty(), null, real, Instant.EPOCH, Color.green, inner));
    }

    @SuppressWarnings("NullAway") // what a careless author does
    private static String unchecked(@Nullable String text) {
        return text;
    }

    @Test
    void emptyMembersOfAResult_areLeftOut() {
        ToolResult result = call(answering("a", 1.5, Optional.of(new Inner(1, 2, Optional.empty()))), "{}");
        String json = "{\"text\":\"a\",\"real\":1.5,\"instant\":\"1970-01-01T00:00:00Z\",\"color\":\"green\","
                + "\"inner\":{\"x\":1,\"y\":2}}";
        assertEquals(json, String.valueOf(result.structured()));
        assertEquals(json, result.text());
    }

    @Test
    void nullWhereAResultHasNone_isTheAuthorsErrorNamingTheTool() {
        Tool tool = answering(null, 1, Optional.empty());
        Exception e = assertThrows(IllegalStateException.class, () -> call(tool, "{}"));
        assertTrue(String.valueOf(e.getMessage()).contains("teller"), e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).contains("'text'"), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void numberThatJsonDoesNotHave_isTheAuthorsErrorNamingTheTool(double number) {
        Tool tool = answering("a", number, Optional.empty());
        Exception e = assertThrows(IllegalStateException.class, () -> call(tool, "{}"));
        assertTrue(String.valueOf(e.getMessage()).contains("teller"), e::getMessage);
    }

    @Test
    void textTool_hasNoOutputSchemaAndNoData() {
        Tool tool = Tool.named("t").arguments(None.class).text((in, call) -> "x");
        assertEquals(Optional.empty(), tool.outputSchema());
        assertNull(call(tool, "{}").structured());
    }
}
