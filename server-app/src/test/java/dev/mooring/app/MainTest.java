package dev.mooring.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.config.Reference;
import dev.mooring.config.ServerSettings;
import dev.mooring.config.Setting;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_namesEverySettingAndCommand() {
        assertEquals(0, run("--help"));
        for (Setting<?> setting : ServerSettings.ALL) {
            assertTrue(out.toString().contains(setting.name()), () -> setting.name() + " is not in:\n" + out);
        }
        assertTrue(out.toString().contains("serve") && out.toString().contains("config"), out::toString);
    }

    @Test
    void help_keepsTheLinesOfTheSettings() {
        assertEquals(0, run("--help"));
        String settings = new Reference(ServerSettings.ALL).help();
        assertTrue(out.toString().lines().toList().containsAll(settings.lines().toList()), out::toString);
    }

    @Test
    void version_isPrinted() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("mooring "), out::toString);
    }

    @Test
    void config_printsEachValueAndWhereItCameFrom() {
        assertEquals(0, run("config"));
        assertTrue(out.toString().contains("MCP_PORT"), out::toString);
        assertTrue(out.toString().contains("default"), out::toString);
    }

    @Test
    void unknownCommand_isRefusedWithARemedy() {
        assertEquals(64, run("dance"));
        assertTrue(err.toString().contains("dance") && err.toString().contains("--help"), err::toString);
    }

    private int run(String... arguments) {
        // Buffered, as the process has them: what is not flushed is lost at its exit.
        return Main.run(new PrintWriter(new BufferedWriter(out), true), new PrintWriter(new BufferedWriter(err), true),
                arguments);
    }
}
