package dev.mooring.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final List<Setting<?>> SETTINGS =
            List.of(new Setting<>("A_PORT", Kind.wholeNumber(0, 9), 8, "Net", "Port to listen on."),
                    new Setting<>("A_WAIT_MS", Kind.time(Duration.ZERO, Duration.ofHours(1)), Duration.ofMinutes(1),
                            "Net", "Wait."),
                    new Setting<>("B", Kind.list("words", word -> true), List.of(), "Rest",
                            "Some words, of which there may be as many as the line has room for, and then more."),
                    new Setting<>("C", Kind.path(), Optional.of(Path.of("dir")), "Rest", "A folder."));
    private static final Reference REFERENCE = new Reference(SETTINGS);

    @Test
    void help_alignsUnderGroupsAndWraps() {
        assertEquals("""
                Net:
                  A_PORT     Port to listen on. [a whole number from 0 to 9; default 8]
                  A_WAIT_MS  Wait. [milliseconds, or a time such as 5s, 30m or 1h, from 0 to 1h; default 60000 (1m)]

                Rest:
                  B          Some words, of which there may be as many as the line has room for, and then more.
                             [words; default none]
                  C          A folder. [a path; empty = none; default dir]
                """, REFERENCE.help());
    }

    @Test
    void everyLineOfTheServersHelp_fitsA100ColumnTerminal() {
        String help = new Reference(ServerSettings.ALL).help();

        assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
        assertTrue(ServerSettings.ALL.stream().allMatch(setting -> help.contains(setting.name())), help);
    }

    @Test
    void table_hasARowPerSetting() {
        assertEquals(
                """
                        | Setting | Default | Value | What it does |
                        |---|---|---|---|
                        | `A_PORT` | `8` | a whole number from 0 to 9 | Port to listen on. |
                        | `A_WAIT_MS` | `60000` (1m) | milliseconds, or a time such as 5s, 30m or 1h, from 0 to 1h | Wait. |
                        | `B` | none | words | Some words, of which there may be as many as the line has room for, and then more. |
                        | `C` | `dir` | a path; empty = none | A folder. |
                        """,
                REFERENCE.table());
    }

    @Test
    void envExample_changesNothingAsItIs() {
        EnvFile file = EnvFile.parse(new Reference(ServerSettings.ALL).envExample());

        assertEquals(Map.of(), file.values());
        assertEquals(List.of(), file.problems());
    }

    @Test
    void envExample_isRightWhenEveryLineIsTakenIn() {
        String example = new Reference(ServerSettings.ALL).envExample().replaceAll("(?m)^#(?=[A-Z])", "");
        EnvFile file = EnvFile.parse(example);

        assertEquals(ServerSettings.ALL.size(), file.values().size());
        ServerSettings.ALL.forEach(setting -> assertEquals(setting.standardText(), file.values().get(setting.name())));
    }

    @Test
    void effective_saysEachValueAndWhereItCameFrom() {
        Settings settings = Settings.read(SETTINGS, Sources.environment(Map.of("A_WAIT_MS", "5000")));

        assertEquals("""
                A_PORT     8  (default)
                A_WAIT_MS  5s  (environment)
                B          none  (default)
                C          dir  (default)
                """, Reference.effective(settings));
    }
}
