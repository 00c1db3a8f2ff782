package dev.mooring.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mooring.json.JsonLimits;
import org.jspecify.annotations.Nullable;

/** What the codec's tests say of payloads. */
final class Payloads {
    static final Codec CODEC = new Codec(JsonLimits.DEFAULT);

    private Payloads() {}

    static Payload decoded(String json) {
        return CODEC.decode(json.getBytes(UTF_8));
    }

    static String request(String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + params + "}";
    }

    static <M extends Message> M message(Class<M> type, String json) {
        Payload payload = decoded(json);
        return assertInstanceOf(type, assertInstanceOf(Payload.One.class, payload, payload::toString).message());
    }

    /** It is refused with this code, and with this id or, if that is null, without one. */
    static RpcError assertBad(int code, @Nullable RequestId id, Payload payload) {
        Payload.Bad bad = assertInstanceOf(Payload.Bad.class, payload, payload::toString);
        assertEquals(code, bad.error().code(), () -> bad.toString());
        assertEquals(id, bad.id(), () -> bad.toString());
        return bad.error();
    }
}
