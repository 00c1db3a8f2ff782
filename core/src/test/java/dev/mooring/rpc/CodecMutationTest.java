package dev.mooring.rpc;

import static dev.mooring.rpc.Payloads.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mooring.json.JsonLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken messages of every kind: some answer, never an exception, never without end. */
class CodecMutationTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> VALID = List.of(
            request("{\"a\":[1,2.5e3,{\"b\":null}],\"ü\":\"\\ud83d\\ude00😀\"}"),
            "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"\\n\\\\\"}]}}",
            "{\"error\":{\"code\":-32600,\"message\":\"no\",\"data\":[true,false]},\"id\":9223372036854775807,\"jsonrpc\":\"2.0\"}",
            "[" + request("{}") + ",{\"jsonrpc\":\"2.0\",\"method\":\"n\"},[[]]]");
    private static final String[] PIECES = {"{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "1e999", "-",
        "0", "null", "\"id\":", "\"id\":1,", "\"a\":1,\"a\":1,", "\n", "\u0000", "é", "\"jsonrpc\":\"2.0\","};

    private final Random random = new Random(20_26);
    private final Codec codec = new Codec(new JsonLimits(400, 8, 100, 20, 20, 4));

    @Test
    void mutatedMessages_areAlwaysAnsweredAndWhatIsReadCanBeWritten() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < ROUNDS; i++) {
                write(codec.decode(mutated(VALID.get(i % VALID.size()).getBytes(UTF_8))));
            }
        });
    }

    private void write(Payload payload) {
        switch (payload) {
            case Payload.One one -> codec.encode(one.message());
            case Payload.Bad bad -> codec.encode(bad.failure());
            case Payload.Batch batch -> batch.members().forEach(this::write);
        }
    }

    private byte[] mutated(byte[] message) {
        byte[] bytes = message;
        for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> flipped(bytes, at);
                case 2 -> spliced(bytes, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8), at);
                case 3 -> spliced(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(6)));
                default -> spliced(bytes, at, bytes, random.nextInt(at, bytes.length));
            };
        }
        return bytes;
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) random.nextInt(256);
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] piece, int restAt) {
        byte[] changed = Arrays.copyOf(bytes, at + piece.length + bytes.length - restAt);
        System.arraycopy(piece, 0, changed, at, piece.length);
        System.arraycopy(bytes, restAt, changed, at + piece.length, bytes.length - restAt);
        return changed;
    }
}
