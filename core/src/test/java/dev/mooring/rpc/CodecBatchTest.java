package dev.mooring.rpc;

import static dev.mooring.rpc.Payloads.CODEC;
import static dev.mooring.rpc.Payloads.assertBad;
import static dev.mooring.rpc.Payloads.decoded;
import static dev.mooring.rpc.Payloads.request;
import static dev.mooring.rpc.RpcError.INVALID_REQUEST;
import static dev.mooring.rpc.RpcError.PARSE_ERROR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mooring.json.Json;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An array is a batch: its members stand alone, as long as the whole is JSON. */
class CodecBatchTest {

    private static List<Payload> members(String json) {
        return assertInstanceOf(Payload.Batch.class, decoded(json)).members();
    }

    private static String batchOf(int size) {
        return "[" + String.join(",", Collections.nCopies(size, request("{}"))) + "]";
    }

    @Test
    void emptyArray_isAnEmptyBatch() {
        assertEquals(List.of(), members("[]"));
    }

    @Test
    void batchAtTheLimit_isRead() {
        assertEquals(64, members(batchOf(64)).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 1_000})
    void batchOverTheLimit_isInvalidAsAWhole(int size) {
        assertBad(INVALID_REQUEST, null, decoded(batchOf(size)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "[]", "[[[]]]", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}]"})
    void memberThatIsNoObject_isInvalidAlone(String member) {
        List<Payload> members = members("[" + member + "," + request("{}") + "]");
        assertBad(INVALID_REQUEST, null, members.getFirst());
        assertInstanceOf(Payload.One.class, members.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"a\":1,\"a\":[{}]},\"b\":2}", "{\"a\":[1e400,{\"b\":[]}]}", "[{\"a\":{}}]"})
    void memberWithBadParams_isInvalidAlone(String params) {
        List<Payload> members = members("[" + request(params) + "," + request("{}") + "]");
        assertBad(INVALID_REQUEST, RequestId.of(1), members.getFirst());
        assertInstanceOf(Payload.One.class, members.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ",]", "] x", "}", ",{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":"})
    void malformedTail_isAParseErrorOfTheWholeWithoutAnId(String tail) {
        assertBad(PARSE_ERROR, null, decoded("[" + request("{}") + tail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "true", "1.5"})
    void scalar_isInvalid(String json) {
        assertBad(INVALID_REQUEST, null, decoded(json));
    }

    @Test
    void encodedBatch_isReadBackInOrder() {
        List<Message> messages = List.of(new Message.Result(RequestId.of(1), Json.object()),
                new Message.Failure(RequestId.of("x"), RpcError.invalidParams("no")),
                new Message.Notification("n", null));
        Payload read = CODEC.decode(CODEC.encode(messages));
        assertEquals(new Payload.Batch(messages.stream().<Payload>map(Payload.One::new).toList()), read);
    }

    @Test
    void encodedBatch_isOneLineAndOneArray() {
        List<Message> messages = Collections.nCopies(2, new Message.Result(RequestId.of(1), Json.object()));
        String one = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
        assertEquals("[" + one + "," + one + "]", new String(CODEC.encode(messages), UTF_8));
    }
}
