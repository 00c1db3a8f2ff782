package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.config.Reference;
import dev.mooring.config.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps what is written about the settings equal to their declarations; {@code -Dmooring.regenerate=true} writes it. */
class SettingsDocumentsTest {
    private static final Path EXAMPLE = Path.of("src/dist/.env.example");
    private static final Path README = Path.of("../README.md");
    private static final String BEGIN = "<!-- settings:begin -->\n";
    private static final String END = "<!-- settings:end -->";
    private static final String ADVICE = " is not what the settings' declarations say; regenerate it with: mvn test"
            + " -pl server-app -am -Dtest=SettingsDocumentsTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dmooring.regenerate=true";

    private final Reference reference = new Reference(ServerSettings.ALL);

    @Test
    void envExample_isCurrent() throws IOException {
        compare(EXAMPLE, reference.envExample());
    }

    @Test
    void tableInTheReadme_isCurrent() throws IOException {
        String readme = Files.exists(README) ? Files.readString(README) : "";
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        assertTrue(0 <= begin && begin < end, "README.md needs the lines " + BEGIN + "and " + END);

        compare(README, readme.substring(0, begin + BEGIN.length()) + reference.table() + readme.substring(end));
    }

    private static void compare(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("mooring.regenerate")) {
            Files.writeString(file, expected);
        }
        assertEquals(expected, Files.exists(file) ? Files.readString(file) : "", file + ADVICE);
    }
}
