package dev.mooring.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
    private static final Kind<Duration> TIME = Kind.timeOrZero(Duration.ofSeconds(1), Duration.ofDays(365), "never");
    private static final Kind<Long> BYTES = Kind.bytes(1 << 10, 1 << 30);

    @Test
    void wholeNumber_includesItsBounds() {
        Kind<Integer> port = Kind.wholeNumber(0, 65_535);

        assertEquals(Optional.of(0), port.read("0"));
        assertEquals(Optional.of(65_535), port.read("65535"));
        assertEquals("a whole number from 0 to 65535", port.expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "8000.0", "8k", "0x10", "1e3", "99999999999999999999", "8000 x"})
    void wholeNumber_refusesAnythingElse(String text) {
        assertTrue(Kind.wholeNumber(0, 65_535).read(text).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"1024,1024", "1KiB,1024", "4MiB,4194304", "4 mib,4194304", "1GiB,1073741824", "2MB,2000000",
        "2048b,2048"})
    void bytes_takeBinaryAndDecimalUnits(String text, long bytes) {
        assertEquals(Optional.of(bytes), BYTES.read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023", "2GiB", "4M", "MiB", "4.5MiB", "-4MiB", "999999999999999999GiB"})
    void bytes_refuseWhatIsOutOfBoundsOrNoSize(String text) {
        assertTrue(BYTES.read(text).isEmpty());
    }

    @Test
    void bytes_areWrittenInTheLargestUnitThatFits() {
        assertEquals("4MiB", BYTES.write(4L << 20));
        assertEquals("1GiB", BYTES.write(1L << 30));
        assertEquals("3KiB", BYTES.write(3L << 10));
        assertEquals("1025", BYTES.write(1_025L));
        assertEquals("bytes, or a size such as 512KiB or 4MiB, from 1KiB to 1GiB", BYTES.expected());
    }

    @ParameterizedTest
    @CsvSource({"1800000,1800000", "1500ms,1500", "5s,5000", "30m,1800000", "1h,3600000", "2d,172800000",
        "30 M,1800000"})
    void time_isMillisecondsUnlessItHasAUnit(String text, long millis) {
        assertEquals(Optional.of(Duration.ofMillis(millis)), TIME.read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "366d", "-5s", "5 minutes", "1.5h", "PT5S", "999999999999999999d", "s"})
    void time_refusesWhatIsOutOfBoundsOrNoTime(String text) {
        assertTrue(TIME.read(text).isEmpty());
    }

    @Test
    void timeOrZero_takesZeroBelowItsLeast() {
        assertEquals(Optional.of(Duration.ZERO), TIME.read("0"));
        assertEquals("never", TIME.readable(Duration.ZERO));
        assertTrue(TIME.expected().endsWith("from 1s to 365d; 0 = never"), TIME.expected());
        assertTrue(Kind.time(Duration.ofSeconds(1), Duration.ofDays(1)).read("0").isEmpty());
    }

    @Test
    void time_isWrittenInMillisecondsAndReadInTheLargestUnit() {
        assertEquals("1800000", TIME.write(Duration.ofMinutes(30)));
        assertEquals("30m", TIME.readable(Duration.ofMinutes(30)));
        assertEquals("90s", TIME.readable(Duration.ofSeconds(90)));
        assertEquals("1500ms", TIME.readable(Duration.ofMillis(1_500)));
    }

    @Test
    void text_isCheckedAndKept() {
        Kind<String> path = Kind.text("a path", text -> text.startsWith("/"));

        assertEquals(Optional.of("/Mcp"), path.read("/Mcp"));
        assertTrue(path.read("mcp").isEmpty());
    }

    @Test
    void list_dropsBlanksAndRefusesTheWholeIfOneItemFails() {
        Kind<List<String>> words = Kind.list("words", word -> !word.contains(" "));

        assertEquals(Optional.of(List.of("a", "b")), words.read(" a , ,b,"));
        assertEquals(Optional.of(List.of()), words.read(""));
        assertTrue(words.read("a,b c").isEmpty());
        assertTrue(words.takesEmpty());
        assertEquals("a,b", words.write(List.of("a", "b")));
        assertEquals("none", words.readable(List.of()));
    }

    @Test
    void path_isNoneWhenEmpty() {
        Kind<Optional<Path>> path = Kind.path();

        assertEquals(Optional.of(Optional.of(Path.of("a b/c"))), path.read("a b/c"));
        assertEquals(Optional.of(Optional.empty()), path.read(""));
        assertTrue(path.read("a\0b").isEmpty());
        assertTrue(path.takesEmpty());
        assertEquals("none", path.readable(Optional.empty()));
    }

    @Test
    void choice_ignoresCaseAndNamesItsConstants() {
        Kind<Verbosity> level = Kind.choice(Verbosity.class);

        assertEquals(Optional.of(Verbosity.WARN), level.read("Warn"));
        assertTrue(level.read("loud").isEmpty());
        assertEquals("warn", level.write(Verbosity.WARN));
        assertEquals("one of trace, debug, info, warn, error", level.expected());
    }

    @Test
    void onOff_understandsTheUsualWords() {
        Kind<Boolean> metrics = Kind.onOff();

        for (String on : List.of("on", "ON", "true", "yes", "1")) {
            assertEquals(Optional.of(true), metrics.read(on));
        }
        for (String off : List.of("off", "False", "no", "0")) {
            assertEquals(Optional.of(false), metrics.read(off));
        }
        assertTrue(metrics.read("maybe").isEmpty());
        assertFalse(metrics.takesEmpty());
        assertEquals("on", metrics.write(true));
    }

    @Test
    void store_isMemoryOrAFile() {
        assertEquals(Optional.of(Optional.empty()), Kind.store().read("memory"));
        assertEquals(Optional.of(Optional.of(Path.of("data/sessions.db"))), Kind.store().read("file:data/sessions.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "disk", "Memory", "/var/lib/sessions.db"})
    void store_refusesAnythingElse(String text) {
        assertTrue(Kind.store().read(text).isEmpty());
    }

    @Test
    void secrets_areLongAndNeverShown() {
        Kind<List<String>> secrets = Kind.secrets(8);
        List<String> two = List.of("12345678", "abcdefghi");

        assertEquals(Optional.of(two), secrets.read("12345678, abcdefghi"));
        assertTrue(secrets.read("12345678,short").isEmpty());
        assertEquals("2 (hidden)", secrets.readable(two));
    }
}
