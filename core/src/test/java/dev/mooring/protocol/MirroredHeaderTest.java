package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredHeaderTest {

    @ParameterizedTest
    @CsvSource({"=?base64?SGVsbG8=?=,Hello", "=?base64?SGVsbG8h?=,Hello!", "=?base64?w7w=?=,ü",
        "=?base64?8J+agA==?=,🚀", "=?base64?IGEg?=,' a '", "=?base64??=,''"})
    void base64BetweenItsMarks_isDecoded(String field, String value) {
        assertEquals(Optional.of(value), MirroredHeader.decode(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "SGVsbG8=", "=?base64?SGVsbG8=", "SGVsbG8=?=", "=?BASE64?SGVsbG8=?=",
        "=?base64?=", "=?utf-8?q?x?=", " =?base64?SGVsbG8=?="})
    void everythingElse_isPlain(String field) {
        assertEquals(Optional.of(field), MirroredHeader.decode(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?base64?SGVsbG8?=", "=?base64?SGVsbG8==?=", "=?base64?SGVs!!!bG8=?=",
        "=?base64?SGVs bG8=?=", "=?base64?=?=", "=?base64?====?=", "=?base64?SGVs-_8=?=", "=?base64?/w==?=",
        "=?base64?7aC9?=", "=?base64?wIA=?="})
    void wrongPaddingLettersOrUtf8_isNothing(String field) {
        assertEquals(Optional.empty(), MirroredHeader.decode(field));
    }
}
