package dev.mooring.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A schema is checked when it is made, fetches nothing, and says in a sentence what is wrong with a value. */
class SchemaTest {

    private static Schema schema(String json) {
        return Schema.of((ObjectNode) Json.mapper().readTree(json));
    }

    private static String check(String schema, String value) {
        return schema(schema).check(Json.mapper().readTree(value));
    }

    private static String refused(String schema) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> schema(schema), schema).getMessage());
    }

    @Test
    void valueThatFits_isRightWithoutWords() {
        assertEquals("",
                check("{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"integer\"}}}",
                        "{\"a\":1.0,\"b\":null}"));
    }

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of("{\"a\":\"x\"}", "/a: string found, integer expected"),
                Arguments.of("{\"a\":null}", "/a: null found, integer expected"),
                Arguments.of("{}", "/: required property 'a' not found"),
                Arguments.of("{\"a\":1,\"b\":[\"x\",\"z\"]}",
                        "/b/1: does not have a value in the enumeration [\"x\", \"y\"]"),
                Arguments.of("{\"a\":1,\"c~d/e\":1}", "/c~0d~1e: integer found, string expected"),
                Arguments.of("{\"a\":1,\"z\":1}",
                        "/: property 'z' is not defined in the schema and the schema does not allow additional properties"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void valueThatDoesNotFit_isNamedByItsPath(String value, String said) {
        assertEquals(said, check(
                "{\"required\":[\"a\"],\"additionalProperties\":false,\"properties\":{\"a\":{\"type\":\"integer\"},"
                        + "\"b\":{\"items\":{\"enum\":[\"x\",\"y\"]}},\"c~d/e\":{\"type\":\"string\"}}}",
                value));
    }

    @Test
    void manyFailures_areShownUpToFive() {
        String said = check("{\"items\":{\"type\":\"integer\"}}", "[" + "\"x\",".repeat(10_000) + "\"x\"]");
        assertEquals(6, said.split("; ", -1).length, said);
        assertTrue(said.endsWith("; and more"), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"{\"type\":\"objec\"}|/type",
        "{\"properties\":{\"a\":{\"type\":5}}}|/properties/a/type", "{\"properties\":{\"a\":1}}|/properties/a",
        "{\"required\":\"a\"}|/required", "{\"items\":{\"minimum\":\"1\"}}|/items/minimum",
        "{\"properties\":{\"a\":{\"pattern\":\"[\"}}}|/properties/a/pattern",
        "{\"patternProperties\":{\"(\":{}}}|/patternProperties",
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}}}|/$defs/x", "{\"$schema\":5}|/$schema"})
    void invalidSchema_isRefusedNamingThePlace(String schema, String place) {
        String message = refused(schema);
        assertTrue(message.contains(place), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$ref\":\"#/$defs/s\",\"$defs\":{\"s\":{\"type\":\"string\"}}}",
        "{\"$ref\":\"#s\",\"$defs\":{\"x\":{\"$anchor\":\"s\",\"type\":\"string\"}}}",
        "{\"$dynamicRef\":\"#s\",\"$defs\":{\"x\":{\"$dynamicAnchor\":\"s\",\"type\":\"string\"}}}",
        "{\"$id\":\"https://example.com/a\",\"$ref\":\"s\",\"$defs\":{\"x\":{\"$id\":\"s\",\"type\":\"string\"}}}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"allOf\":[{\"$ref\":\"#/definitions/s\"}],\"definitions\":{\"s\":{\"type\":\"string\"}}}"})
    void referenceInside_isFollowed(String schema) {
        assertEquals("", check(schema, "\"x\""));
        assertNotEquals("", check(schema, "1"));
    }

    static Stream<Arguments> outside() {
        return Stream
                .of("http://127.0.0.1:1/x", "https://json-schema.org/draft/2020-12/schema", "file:///etc/passwd",
                        "classpath:/draft-07/schema", "resource:/x", "jar:file:/x!/y", "//host/x", "x.json", "urn:x")
                .flatMap(target -> Stream.of("$ref", "$dynamicRef", "$recursiveRef")
                        .map(key -> Arguments.of(key, target)));
    }

    @ParameterizedTest
    @MethodSource("outside")
    void referenceOutside_isRefused(String key, String target) {
        String message = refused("{\"properties\":{\"default\":{\"" + key + "\":\"" + target + "\"}}}");
        assertTrue(message.contains("/properties/default/" + key + ": " + target), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$schema\":\"@\"}", "{\"$ref\":\"@\"}", "{\"allOf\":[{\"$schema\":\"@\"}]}",
        "{\"x-keyword\":{\"$ref\":\"@\"},\"$ref\":\"#/x-keyword\"}",
        "{\"default\":{\"$ref\":\"@\"},\"$ref\":\"#/default\"}"})
    void addressInASchema_isNeverCalled(String schema) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
            String address = "http://127.0.0.1:" + server.socket().getLocalPort() + "/schema";
            refused(schema.replace("@", address));
            assertNull(server.accept());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"const\":{\"$ref\":\"http://x/\"}}",
        "{\"enum\":[{\"$schema\":\"x\",\"pattern\":\"[\"}]}", "{\"examples\":[{\"$ref\":\"x\"}]}",
        "{\"default\":{\"$ref\":\"x\"}}", "{\"properties\":{\"$ref\":{},\"$schema\":{}}}"})
    void valueThatLooksLikeAReference_isAValue(String schema) {
        schema(schema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-06/schema",
        "http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema"})
    void knownDialect_isAccepted(String dialect) {
        assertNotEquals("", check("{\"$schema\":\"" + dialect + "\",\"type\":\"string\"}", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "http://json-schema.org/draft-03/schema#",
        "https://json-schema.org/draft/next/schema"})
    void unknownDialect_isRefused(String dialect) {
        String message = refused("{\"$schema\":\"" + dialect + "\"}");
        assertTrue(message.contains("/$schema: " + dialect), message);
    }

    @Test
    void dialectOfDraft7_hasItsOwnRules() {
        String tuple = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"items\":[{\"type\":\"string\"}]}";
        assertEquals("/0: integer found, string expected", check(tuple, "[1]"));
    }

    @Test
    void keywordOfSomebodyElse_isAllowed() {
        assertEquals("", check("{\"x-mcp-header\":\"Region\",\"nullable\":true}", "1"));
    }

    @Test
    void tooDeepSchema_isRefused() {
        assertTrue(refused("{\"not\":".repeat(48) + "{}" + "}".repeat(48)).contains("deeper than 48"));
    }

    @Test
    void tooLargeSchema_isRefused() {
        assertTrue(refused("{\"enum\":[" + "1,".repeat(10_000) + "2]}").contains("more than 10000"));
    }

    @Test
    void recursiveSchema_followsAnInstanceToItsDepth() {
        String tree = "{\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}}}";
        assertEquals("", check(tree, "{\"c\":[".repeat(32) + "]}".repeat(32)));
        assertEquals("/c/0".repeat(31) + ": integer found, object expected",
                check(tree, "{\"c\":[".repeat(31) + "1" + "]}".repeat(31)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$ref\":\"#\"}", "{\"allOf\":[{\"$ref\":\"#\"}]}",
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}"})
    void schemaThatNeverComesToAnEnd_fitsNothing(String schema) {
        assertEquals("/: too much to check", check(schema, "1"));
    }

    @Test
    void patternThatBacktracksWithoutEnd_isGivenUp() {
        String text = "a".repeat(60) + "!";
        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertEquals("/: a text takes too long to match its pattern",
                        check("{\"pattern\":\"(.*a){25}\"}", '"' + text + '"')));
    }

    @Test
    void patternOnALongText_doesNotOverflow() {
        assertEquals("/: too much to check", check("{\"pattern\":\"(a|b)*c\"}", '"' + "ab".repeat(200_000) + '"'));
        assertEquals("", check("{\"pattern\":\"^[a-z]+$\"}", '"' + "ab".repeat(2_000_000) + '"'));
    }

    @ParameterizedTest
    @CsvSource({"b, abc, true", "^b, abc, false", "c$, abc, true", "b$, abc, false", "^abc$, abc, true",
        "^a$, a\\n, false", "'', abc, true", "\\\\$, a$, true", "^\\\\p{L}+$, ä, true"})
    void pattern_isSearchedForUnlessItIsAnchored(String pattern, String text, boolean fits) {
        assertEquals(fits, check("{\"pattern\":\"" + pattern + "\"}", '"' + text + '"').isEmpty());
    }

    @Test
    void givenTree_canBeChangedLater() {
        ObjectNode tree = Json.object().put("type", "string");
        Schema schema = Schema.of(tree);
        tree.put("type", "integer");
        assertEquals("", schema.check(Json.mapper().readTree("\"x\"")));
        assertEquals("{\"type\":\"string\"}", schema.tree().toString());
    }

    @Test
    void yaml_isNotNeeded() {
        for (String name : Arrays.asList("tools.jackson.dataformat.yaml.YAMLFactory", "org.yaml.snakeyaml.Yaml",
                "org.snakeyaml.engine.v2.api.Load")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
        }
    }
}
