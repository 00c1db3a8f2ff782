package dev.mooring.rpc;

import static dev.mooring.rpc.Payloads.CODEC;
import static dev.mooring.rpc.Payloads.assertBad;
import static dev.mooring.rpc.Payloads.decoded;
import static dev.mooring.rpc.Payloads.message;
import static dev.mooring.rpc.Payloads.request;
import static dev.mooring.rpc.RpcError.INVALID_REQUEST;
import static dev.mooring.rpc.RpcError.PARSE_ERROR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes become messages, and whatever is wrong with them is said with the id of the request, if that is certain. */
class CodecDecodeTest {
    private static final RequestId ONE = RequestId.of(1);

    static Stream<Arguments> ids() {
        return Stream.of(Arguments.of("0", RequestId.of(0)), Arguments.of("-1", RequestId.of(-1)),
                Arguments.of("9223372036854775807", RequestId.of(Long.MAX_VALUE)),
                Arguments.of("-9223372036854775808", RequestId.of(Long.MIN_VALUE)),
                Arguments.of("\"1\"", RequestId.of("1")), Arguments.of("\"\"", RequestId.of("")),
                Arguments.of("\"\\ud83d\\ude00\"", RequestId.of("😀")), Arguments.of("\"😀\"", RequestId.of("😀")));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void idOfAKnownKind_isReadWithItsType(String json, RequestId id) {
        assertEquals(id,
                message(Message.Request.class, "{\"jsonrpc\":\"2.0\",\"id\":" + json + ",\"method\":\"m\"}").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "1E3", "1.5", "null", "true", "false", "{}", "{\"id\":1}", "[]", "[1]",
        "9223372036854775808", "-9223372036854775809", "1e400", "\"\\ud800\"", "\"a\\udc00\""})
    void idOfAnotherKind_isInvalidWithoutAnId(String json) {
        assertBad(INVALID_REQUEST, null, decoded("{\"jsonrpc\":\"2.0\",\"id\":" + json + ",\"method\":\"m\"}"));
    }

    @Test
    void messageWithoutId_isANotification() {
        assertEquals("m", message(Message.Notification.class, "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}").method());
    }

    @Test
    void membersInAnyOrder_areRead() {
        Message.Request request = message(Message.Request.class,
                "{\"params\":{\"a\":1},\"method\":\"m\",\"id\":\"x\",\"jsonrpc\":\"2.0\"}");
        assertEquals(new Message.Request(RequestId.of("x"), "m", Json.object().put("a", 1)), request);
    }

    @Test
    void unknownMembers_areIgnored() {
        assertEquals(ONE, message(Message.Request.class,
                "{\"jsonrpc\":\"2.0\",\"trace\":{\"a\":[1]},\"id\":1,\"method\":\"m\",\"x\":null}").id());
    }

    @Test
    void spaceAroundAMessage_isIgnored() {
        assertEquals(ONE, message(Message.Request.class, "\r\n\t " + request("{}") + " \r\n").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "1", "\"x\"", "[]"})
    void resultOfAnyKind_isRead(String json) {
        Message.Result result = message(Message.Result.class, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + json + "}");
        assertEquals(Json.mapper().readTree(json), result.result());
    }

    @Test
    void error_isReadWithItsData() {
        Message.Failure failure = message(Message.Failure.class,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\",\"data\":{\"a\":1}}}");
        assertEquals(new Message.Failure(ONE, new RpcError(-1, "no", Json.object().put("a", 1))), failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"id\":null,"})
    void errorWithoutAnId_isRead(String id) {
        assertNull(message(Message.Failure.class,
                "{\"jsonrpc\":\"2.0\"," + id + "\"error\":{\"code\":-32700,\"message\":\"no\"}}").id());
    }

    static Stream<Arguments> shapesThatAreNoMessage() {
        return Stream.of(shape("{}", null), shape("{\"jsonrpc\":\"2.0\"}", null),
                shape("{\"jsonrpc\":\"2.0\",\"id\":1}", ONE), shape("{\"id\":1,\"method\":\"m\"}", ONE),
                shape("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}", ONE),
                shape("{\"jsonrpc\":2.0,\"id\":1,\"method\":\"m\"}", ONE),
                shape("{\"jsonrpc\":null,\"id\":1,\"method\":\"m\"}", ONE),
                shape("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}", ONE),
                shape("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}", ONE),
                shape("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":{}}", ONE),
                shape("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"error\":{\"code\":1,\"message\":\"\"}}", ONE),
                shape(request("[1]"), ONE), shape(request("[]"), ONE), shape(request("1"), ONE),
                shape(request("\"x\""), ONE), shape(request("null"), ONE), shape(request("true"), ONE));
    }

    private static Arguments shape(String json, @Nullable RequestId id) {
        return Arguments.of(json, id);
    }

    @ParameterizedTest
    @MethodSource("shapesThatAreNoMessage")
    void otherShape_isInvalidWithTheIdIfThereIsOne(String json, @Nullable RequestId id) {
        assertBad(INVALID_REQUEST, id, decoded(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":1,\"result\":{},\"error\":{\"code\":1,\"message\":\"\"}", "\"id\":1,\"error\":{}",
        "\"id\":1,\"error\":\"no\"", "\"id\":1,\"error\":{\"code\":1.0,\"message\":\"\"}",
        "\"id\":1,\"error\":{\"code\":99999999999,\"message\":\"\"}", "\"id\":1,\"error\":{\"code\":1}",
        "\"result\":{}", "\"id\":null,\"result\":{}", "\"id\":1,\"result\":{\"a\":1,\"a\":1}"})
    void brokenResponse_isInvalidWithoutAnId_becauseItsIdIsNotTheSendersOwn(String members) {
        assertBad(INVALID_REQUEST, null, decoded("{\"jsonrpc\":\"2.0\"," + members + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"b\":{\"a\":1,\"a\":2}}", "{\"b\":[{\"a\":1,\"a\":2},[]]}"})
    void nameTwiceInParams_isInvalidWithTheIdEvenIfThatFollows(String params) {
        assertBad(INVALID_REQUEST, ONE, decoded(request(params)));
        assertBad(INVALID_REQUEST, ONE,
                decoded("{\"method\":\"m\",\"params\":" + params + ",\"jsonrpc\":\"2.0\",\"id\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"jsonrpc\":\"2.0\"", "\"method\":\"n\"", "\"params\":{}", "\"x\":1,\"x\":1"})
    void nameTwiceInAMessage_isInvalid(String members) {
        String json = request("{}");
        assertBad(INVALID_REQUEST, ONE, decoded(json.substring(0, json.length() - 1) + "," + members + "}"));
    }

    @Test
    void idTwice_isInvalidWithoutAnId() {
        assertBad(INVALID_REQUEST, null, decoded("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"id\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "nul", "{", "}", "[", "]", "[,]", "{,}", "'a'", "{'a':1}", "{a:1}",
        "\ufeff{}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":NaN}", "{\"a\":-Infinity}",
        "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":1,}", "[1,]", "{/**/}", "{}//", "{} {}",
        "[] []", "1 2"})
    void malformedJson_isAParseError(String json) {
        assertBad(PARSE_ERROR, null, decoded(json));
    }

    static Stream<Arguments> malformedTails() {
        return Stream.of(tail("{\"jsonrpc\":\"2.0\",\"id\":12", false), tail("{\"jsonrpc\":\"2.0\",\"id\":12 ", false),
                tail("{\"jsonrpc\":\"2.0\",\"id\":\"12", false), tail("{\"jsonrpc\":\"2.0\",\"id\":12,", false),
                tail("{\"method\":\"m\",\"id\":12", false), tail("{\"method\":\"m\",\"id\":12x}", false),
                tail("{\"id\":12,\"jsonrpc\":\"2.0\",", false), tail("{\"id\":12,\"result\":{", false),
                tail("{\"id\":12,\"result\":{}} x", false), tail("{\"method\":\"m\",\"id\":12,\"id\":13,\"x\":", false),
                tail("{\"id\":12,\"method\":", false), tail("{\"id\":12,\"method\":\"", true),
                tail("{\"id\":12,\"params\":{\"a\"", true),
                tail("{\"method\":\"m\",\"id\":12,\"x\":1,\"y\":'z'}", true),
                tail("{\"method\":\"m\",\"id\":12}}", true), tail("{\"method\":\"m\",\"id\":12} {}", true));
    }

    private static Arguments tail(String json, boolean recovered) {
        return Arguments.of(json, recovered ? RequestId.of(12) : null);
    }

    @ParameterizedTest
    @MethodSource("malformedTails")
    void malformedTail_leavesTheIdOnlyIfItIsSurelyThatOfARequest(String json, @Nullable RequestId id) {
        assertBad(PARSE_ERROR, id, decoded(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e1000000", "1e99999999999999", "123456789e999999"})
    void numberBeyondADouble_isInvalidAtOnce(String number) {
        assertBad(INVALID_REQUEST, ONE, decoded(request("{\"a\":[{\"b\":" + number + "},1]}")));
    }

    @Test
    void numberBelowADouble_isZero() {
        assertEquals(0.0, params(message(Message.Request.class, request("{\"a\":1e-1000000}"))).get("a").doubleValue());
    }

    private static tools.jackson.databind.node.ObjectNode params(Message.Request request) {
        return Objects.requireNonNull(request.params());
    }

    @Test
    void halfASurrogatePairInAValue_isKept() {
        Message.Request request = message(Message.Request.class, request("{\"a\":\"x\\ud800y\"}"));
        assertEquals("x\ud800y", params(request).get("a").stringValue());
    }

    @Test
    void halfASurrogatePairInAName_isAParseError() {
        assertBad(PARSE_ERROR, ONE, decoded(request("{\"\\ud800\":1}")));
    }

    @Test
    void integerOfManyDigits_isRead() {
        String digits = "9".repeat(JsonLimits.DEFAULT.numberLength());
        Message.Request request = message(Message.Request.class, request("{\"a\":" + digits + "}"));
        assertEquals(digits, params(request).get("a").bigIntegerValue().toString());
    }

    static Stream<String> paramsOverALimit() {
        JsonLimits limits = JsonLimits.DEFAULT;
        return Stream.of("{\"a\":" + "9".repeat(limits.numberLength() + 1) + "}",
                "{\"" + "n".repeat(limits.nameLength() + 1) + "\":1}",
                "{\"a\":" + "[".repeat(limits.depth() - 1) + "]".repeat(limits.depth() - 1) + "}",
                "{\"a\":" + "{\"a\":".repeat(limits.depth()) + "1" + "}".repeat(limits.depth() + 1),
                "{\"a\":" + "[".repeat(1_000_000), "{\"a\":[" + "1,".repeat(limits.bytes() / 4 + 1_000) + "1]}");
    }

    @ParameterizedTest
    @MethodSource("paramsOverALimit")
    void paramsOverALimit_areInvalidWithTheId(String params) {
        assertBad(INVALID_REQUEST, ONE, decoded(request(params)));
    }

    @Test
    void paramsAtEachLimit_areRead() {
        JsonLimits limits = JsonLimits.DEFAULT;
        int open = limits.depth() - 2;
        message(Message.Request.class, request("{\"" + "n".repeat(limits.nameLength()) + "\":" + "[".repeat(open)
                + "]".repeat(open) + ",\"b\":" + "9".repeat(limits.numberLength()) + "}"));
    }

    @Test
    void stringOverTheLimit_isInvalid() {
        Codec codec = new Codec(new JsonLimits(1_000_000, 64, 100_000, 100, 100, 64));
        String json = request("{\"a\":\"" + "x".repeat(100_001) + "\"}");
        assertBad(INVALID_REQUEST, ONE, codec.decode(json.getBytes(UTF_8)));
    }

    @Test
    void messageOverTheLimit_isInvalidAndNamesTheSetting() {
        Codec codec = new Codec(JsonLimits.DEFAULT.withBytes(100));
        byte[] json = request("{\"a\":\"" + "x".repeat(100) + "\"}").getBytes(UTF_8);
        RpcError error = assertBad(INVALID_REQUEST, null, codec.decode(json));
        assertTrue(error.message().contains("MCP_MAX_MESSAGE_BYTES"), error::message);
    }

    @Test
    void limitInAnError_isNamedWithoutTheNamesOfALibrary() {
        RpcError error = assertBad(INVALID_REQUEST, ONE, decoded(request("{\"a\":" + "[".repeat(100))));
        assertEquals("Invalid Request: Document nesting depth (65) exceeds the maximum allowed (64)", error.message());
    }

    @Test
    void partOfAnArray_isReadAlone() {
        byte[] bytes = ("garbage" + request("{}") + "garbage").getBytes(UTF_8);
        assertInstanceOf(Payload.One.class, CODEC.decode(bytes, 7, bytes.length - 14));
    }
}
