package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    @Test
    void answer_isNotChangedByWhatIsMadeOfIt() {
        HttpAnswer bare = HttpAnswer.of(202);
        HttpAnswer more = bare.with("A", "1").with("A", "2").closing();
        assertEquals(List.of(), bare.fields());
        assertFalse(bare.closes());
        assertEquals(List.of(new HttpField("A", "1"), new HttpField("A", "2")), more.fields());
        assertTrue(more.closes());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 199, 600})
    void statusThatIsNoAnswer_isRefused(int status) {
        assertThrows(IllegalArgumentException.class, () -> HttpAnswer.of(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void bodyWithAStatusThatHasNone_isRefused(int status) {
        assertThrows(IllegalArgumentException.class, () -> HttpAnswer.of(status, "a/b", new byte[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding", "CONNECTION", "Date"})
    void fieldOfTheListener_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> HttpAnswer.of(200).with(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r", "a\n", "\u00e4", "\u0142", "a\0"})
    void nameThatIsNoToken_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new HttpField(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\rb", "a\0b", "\u007f", "\u0142", "\u010d\u010a"})
    void valueThatCouldEndAField_isRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> new HttpField("a", value));
    }
}
