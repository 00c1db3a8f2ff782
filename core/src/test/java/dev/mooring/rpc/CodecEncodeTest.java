package dev.mooring.rpc;

import static dev.mooring.rpc.Payloads.CODEC;
import static dev.mooring.rpc.Payloads.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.json.Json;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** A message becomes one line of JSON that any peer can read. */
class CodecEncodeTest {

    private static String line(Message message) {
        return new String(CODEC.encode(message), UTF_8);
    }

    private static Message.Result result(JsonNode tree) {
        return new Message.Result(RequestId.of(1), tree);
    }

    static Stream<Arguments> messages() {
        ObjectNode a = Json.object().put("a", 1);
        return Stream.of(Arguments.of(new Message.Request(RequestId.of(1), "m", null), "\"id\":1,\"method\":\"m\""),
                Arguments.of(new Message.Request(RequestId.of("1"), "m", a),
                        "\"id\":\"1\",\"method\":\"m\",\"params\":{\"a\":1}"),
                Arguments.of(new Message.Notification("n", null), "\"method\":\"n\""),
                Arguments.of(new Message.Notification("n", a), "\"method\":\"n\",\"params\":{\"a\":1}"),
                Arguments.of(result(a), "\"id\":1,\"result\":{\"a\":1}"),
                Arguments.of(result(Json.object().nullNode()), "\"id\":1,\"result\":null"),
                Arguments.of(new Message.Failure(RequestId.of(Long.MIN_VALUE), new RpcError(-1, "no")),
                        "\"id\":-9223372036854775808,\"error\":{\"code\":-1,\"message\":\"no\"}"),
                Arguments.of(new Message.Failure(null, new RpcError(-1, "no", a)),
                        "\"error\":{\"code\":-1,\"message\":\"no\",\"data\":{\"a\":1}}"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_isWrittenWithTheMembersItHas(Message message, String members) {
        assertEquals("{\"jsonrpc\":\"2.0\"," + members + "}", line(message));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_isReadBackAsItWas(Message message, String members) {
        assertEquals(message, message(message.getClass(), line(message)));
    }

    @Test
    void controlCharacters_areEscaped() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x20; c++) {
            all.append(c);
        }
        String line = line(result(Json.object().put(all.toString(), all.toString())));
        assertEquals(0, line.chars().filter(c -> c < 0x20).count(), line);
        assertEquals(all.toString(), message(Message.Result.class, line).result().get(all.toString()).stringValue());
    }

    @Test
    void lineEndsBetweenRawTokens_becomeSpaces() {
        ObjectNode tree = Json.object();
        tree.putRawValue("a", new RawValue("{\r\n\"b\":\n\"\\n\\\\\"}"));
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":{  \"b\": \"\\n\\\\\"}}}", line(result(tree)));
    }

    static Stream<String> halvesOfPairs() {
        String high = "\ud83d";
        String low = "\ude00";
        return Stream.of(high, low, "a" + high + "b", "a" + low, high + high, low + high, "😀" + high, high + "😀",
                '\\' + high, "\\ud83d" + low, '"' + high + '\\' + low);
    }

    @ParameterizedTest
    @MethodSource("halvesOfPairs")
    void halfASurrogatePair_becomesTheReplacementCharacter(String text) {
        JsonNode read = message(Message.Result.class, line(result(Json.object().put(text, text)))).result();
        assertEquals(Json.object().put(mended(text), mended(text)), read);
    }

    @Test
    void halvesOfSurrogatePairsAnywhere_becomeTheReplacementCharacter() {
        Random random = new Random(11);
        String[] parts = {"a", "\\", "\\u", "d800", "\"", "\n", "é", "😀", "\ud83d", "\ude00", "x".repeat(4_000)};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(12), 0, parts.length).forEach(part -> text.append(parts[part]));
            String read =
                    message(Message.Notification.class, line(new Message.Notification(text.toString(), null))).method();
            assertEquals(mended(text), read);
        }
    }

    private static String mended(CharSequence text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void escapedPairInRawJson_isKept() {
        ObjectNode tree = Json.object();
        tree.putRawValue("a", new RawValue("\"\\ud83d\\ude00\\uD83D\""));
        assertEquals("😀\ufffd", message(Message.Result.class, line(result(tree))).result().get("a").stringValue());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonDoesNotHave_areWrittenAsStrings(double number) {
        JsonNode read =
                message(Message.Result.class, line(result(Json.object().put("d", number).put("f", (float) number))))
                        .result();
        assertEquals(Json.object().put("d", "" + number).put("f", "" + number), read);
    }

    @Test
    void resultThatCannotBeWritten_isAnInternalErrorWithItsId() {
        Message.Failure failure = message(Message.Failure.class, line(result(tooDeep())));
        assertEquals(RequestId.of(1), failure.id());
        assertEquals(RpcError.INTERNAL_ERROR, failure.error().code());
    }

    @Test
    void errorWhoseDataCannotBeWritten_isAnInternalErrorWithItsId() {
        Message.Failure failure = message(Message.Failure.class,
                line(new Message.Failure(RequestId.of("x"), new RpcError(-1, "no", tooDeep()))));
        assertEquals(RequestId.of("x"), failure.id());
        assertEquals(RpcError.INTERNAL_ERROR, failure.error().code());
    }

    @Test
    void requestThatCannotBeWritten_isRefused() {
        Message.Request request = new Message.Request(RequestId.of(1), "m", tooDeep());
        assertThrows(JacksonException.class, () -> CODEC.encode(request));
    }

    private static ObjectNode tooDeep() {
        ObjectNode tree = Json.object();
        for (int i = 0; i < 1_000; i++) {
            tree = Objects.requireNonNull(Json.object().set("a", tree));
        }
        return tree;
    }
}
