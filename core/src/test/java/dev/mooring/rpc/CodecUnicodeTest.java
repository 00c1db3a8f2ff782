package dev.mooring.rpc;

import static dev.mooring.rpc.Payloads.CODEC;
import static dev.mooring.rpc.Payloads.assertBad;
import static dev.mooring.rpc.Payloads.request;
import static dev.mooring.rpc.RpcError.PARSE_ERROR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only UTF-8 is read, and all of it. */
class CodecUnicodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void otherEncodings_areParseErrors(String charset) {
        assertBad(PARSE_ERROR, null, CODEC.decode(request("{}").getBytes(Charset.forName(charset))));
    }

    static Stream<Arguments> notUtf8() {
        String[] places = {"{\"a\":\"@\"}", "{\"@\":1}", "{\"a\":[\"äöü😀 @ more text than eight bytes\"]}"};
        return Stream
                .of("80", "BF", "8080", "C3", "E282", "F09F98", "C080", "C1BF", "E08080", "E09FBF", "F0808080",
                        "F08FBFBF", "EDA080", "EDBFBF", "EDA080EDB080", "F4908080", "F5808080", "F8888080", "FE", "FF",
                        "C328", "E28228", "F0288C28")
                .flatMap(hex -> Arrays.stream(places).map(place -> Arguments.of(hex, place)));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void bytesThatAreNotUtf8_areAParseErrorWithTheId(String hex, String params) {
        String bytes = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        String latin = new String(request(params).getBytes(UTF_8), ISO_8859_1).replace("@", bytes);
        assertBad(PARSE_ERROR, RequestId.of(1), CODEC.decode(latin.getBytes(ISO_8859_1)));
    }

    @Test
    void everyLastCharacterOfASize_isRead() {
        String text = "\u0001\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff";
        assertEquals(text, echoed(text));
    }

    @Test
    void textOfAnyLength_isWrittenAndReadBack() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String text = text(random, random.nextInt(i % 50 == 0 ? 20_000 : 40));
            assertEquals(text, echoed(text));
        }
    }

    private static String text(Random random, int length) {
        int[] kinds = {0x80, 0x80, 0x80, 0x800, 0xD800, 0x110000};
        return random.ints(length, 0, kinds.length)
                .map(kind -> random.nextInt(kinds[kind]))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String echoed(String text) {
        byte[] line = CODEC.encode(new Message.Notification(text, null));
        Payload.One read = assertInstanceOf(Payload.One.class, CODEC.decode(line));
        return assertInstanceOf(Message.Notification.class, read.message()).method();
    }
}
