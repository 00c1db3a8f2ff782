package dev.mooring.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    @TempDir
    Path folder;

    @Test
    void linesCommentsAndExport_areRead() {
        EnvFile file = EnvFile.parse("""
                # a comment

                A=1
                  export B = two words   # and a comment
                C=x#y
                D=
                E= # nothing
                """);

        assertEquals(List.of(), file.problems());
        assertEquals(Map.of("A", "1", "B", "two words", "C", "x#y", "D", "", "E", ""), file.values());
    }

    @Test
    void quotes_keepBlanksAndHashes() {
        EnvFile file = EnvFile.parse("""
                A=' # $x \\n '  # single: as it stands
                B=" # $x "# joined
                C=" # $x "
                D=''
                E="it's"
                """);

        assertEquals(Map.of("A", " # $x \\n ", "C", " # $x ", "D", "", "E", "it's"), file.values());
        assertEquals(List.of("line 2"), subjects(file));
    }

    @Test
    void escapes_countInDoubleQuotesOnly() {
        EnvFile file = EnvFile.parse("""
                A="a\\n\\t\\"b\\" \\\\ \\$"
                B="C:\\dir"
                C=a\\nb
                """);

        assertEquals(Map.of("A", "a\n\t\"b\" \\ $", "B", "C:\\dir", "C", "a\\nb"), file.values());
    }

    @Test
    void nothing_isInterpolated() {
        assertEquals(Map.of("A", "$HOME", "B", "${HOME}", "C", "`id`"),
                EnvFile.parse("A=$HOME\nB=\"${HOME}\"\nC=`id`").values());
    }

    @Test
    void nameGivenTwice_hasItsLastValue() {
        assertEquals(Map.of("A", "2"), EnvFile.parse("A=1\nA=2\n").values());
    }

    @Test
    void byteOrderMarkAndWindowsLineEnds_areIgnored() {
        assertEquals(Map.of("A", "1", "B", "2"), EnvFile.parse("\uFEFFA=1\r\nB=2\r\n").values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "=secret", "1A=secret", "A B=secret", "A='secret", "A=\"secret", "A=\"secret\\\"",
        "A='secret' x"})
    void badLine_isAProblemThatNamesTheLineAndHidesItsText(String line) {
        EnvFile file = EnvFile.parse("OK=1\n\n" + line + "\nALSO=2\n");

        assertEquals(List.of("line 3"), subjects(file));
        assertFalse(file.problems().getFirst().text().contains("secret"));
        assertEquals(Map.of("OK", "1", "ALSO", "2"), file.values());
    }

    @Test
    void fileAtTheLimit_isRead_andOneByteMoreIsAProblem() throws IOException {
        Path file = folder.resolve(".env");
        String line = "A=1\n#";
        Files.writeString(file, line + "x".repeat(EnvFile.MAX_BYTES - line.length()));
        assertEquals(Map.of("A", "1"), EnvFile.read(file).values());

        Files.writeString(file, line + "x".repeat(EnvFile.MAX_BYTES - line.length() + 1));
        assertEquals(Map.of(), EnvFile.read(file).values());
        assertTrue(EnvFile.read(file).problems().getFirst().text().contains("at most 65536 bytes"));
    }

    @Test
    void longQuotedValue_isReadInBoundedStack() {
        String value = "\\n".repeat(30_000);

        assertEquals(30_000, EnvFile.parse("A=\"" + value + "\"").values().getOrDefault("A", "").length());
    }

    @Test
    void fileThatCannotBeRead_isAProblem() throws IOException {
        Path missing = folder.resolve("missing.env");
        Path binary = Files.write(folder.resolve("binary.env"), new byte[]{'A', '=', (byte) 0xff});

        assertEquals("no such file", EnvFile.read(missing).problems().getFirst().given());
        assertEquals("not UTF-8", EnvFile.read(binary).problems().getFirst().given());
        assertEquals(List.of(folder.toString()), subjects(EnvFile.read(folder)));
    }

    private static List<String> subjects(EnvFile file) {
        return file.problems().stream().map(Problem::subject).toList();
    }
}
