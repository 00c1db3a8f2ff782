package dev.mooring.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Kind<Integer> NUMBER = Kind.wholeNumber(0, 10);

    @TempDir
    Path folder;

    @Test
    void nothingGiven_meansTheDefaults() {
        Settings settings = read(Map.of());

        assertEquals("127.0.0.1", settings.get(ServerSettings.HOST));
        assertEquals(8_000, settings.get(ServerSettings.PORT));
        assertEquals("/mcp", settings.get(ServerSettings.PATH));
        assertEquals(List.of(), settings.get(ServerSettings.ALLOWED_ORIGINS));
        assertEquals(List.of(), settings.get(ServerSettings.ALLOWED_HOSTS));
        assertEquals(4_194_304, settings.get(ServerSettings.MAX_MESSAGE_BYTES));
        assertEquals(Duration.ofMinutes(30), settings.get(ServerSettings.SESSION_TIMEOUT));
        assertEquals(10_000, settings.get(ServerSettings.MAX_SESSIONS));
        assertEquals(1_000, settings.get(ServerSettings.MAX_CALLS_PER_SESSION));
        assertEquals(Duration.ofMinutes(10), settings.get(ServerSettings.CALL_TIMEOUT));
        assertEquals(Duration.ofSeconds(10), settings.get(ServerSettings.SHUTDOWN_GRACE));
        assertEquals(Verbosity.INFO, settings.get(ServerSettings.LOG_LEVEL));
        assertEquals(Optional.of(Path.of("plugins")), settings.get(ServerSettings.PLUGINS));
        assertEquals(List.of(), settings.warnings());
        assertTrue(settings.entries().stream().allMatch(entry -> entry.source() == Source.DEFAULT));
    }

    @Test
    void commandLine_winsOverEnvironment_winsOverFile_winsOverDefault() {
        Path file = envFile("MCP_PORT=1\nMCP_HOST=file\nMCP_PATH=/file\n");
        Settings settings = Settings.read(ServerSettings.ALL,
                Sources.environment(Map.of("MCP_PORT", "2", "MCP_HOST", "environment"))
                        .withEnvFile(file)
                        .withCommandLine(Map.of("MCP_PORT", "3")));

        assertEquals(3, settings.get(ServerSettings.PORT));
        assertEquals("environment", settings.get(ServerSettings.HOST));
        assertEquals("/file", settings.get(ServerSettings.PATH));
        assertEquals(Source.COMMAND_LINE, settings.source(ServerSettings.PORT));
        assertEquals(Source.ENVIRONMENT, settings.source(ServerSettings.HOST));
        assertEquals(Source.ENV_FILE, settings.source(ServerSettings.PATH));
        assertEquals(Source.DEFAULT, settings.source(ServerSettings.LOG_LEVEL));
        assertEquals(Optional.of(file), settings.envFile());
    }

    @Test
    void blanksAroundAValue_areDropped() {
        assertEquals(9_000, read(Map.of("MCP_PORT", " 9000\t")).get(ServerSettings.PORT));
    }

    @Test
    void emptyValue_countsAsNotSet() {
        Settings settings = Settings.read(ServerSettings.ALL,
                Sources.environment(Map.of("MCP_PORT", "", "MCP_HOST", "  ")).withEnvFile(envFile("MCP_PORT=9000")));

        assertEquals(9_000, settings.get(ServerSettings.PORT));
        assertEquals("127.0.0.1", settings.get(ServerSettings.HOST));
    }

    @Test
    void emptyValue_isAValueForListsAndPaths() {
        Settings settings = Settings.read(ServerSettings.ALL,
                Sources.environment(Map.of("MCP_PLUGINS", "", "MCP_ALLOWED_HOSTS", ""))
                        .withEnvFile(envFile("MCP_PLUGINS=somewhere\nMCP_ALLOWED_HOSTS=a.example")));

        assertEquals(Optional.empty(), settings.get(ServerSettings.PLUGINS));
        assertEquals(List.of(), settings.get(ServerSettings.ALLOWED_HOSTS));
        assertEquals(Source.ENVIRONMENT, settings.source(ServerSettings.PLUGINS));
    }

    @Test
    void relativePath_countsFromWhereItWasGiven() {
        Sources sources = Sources.environment(Map.of()).withHome(folder);
        Settings settings = Settings.read(ServerSettings.ALL, sources);
        assertEquals(Optional.of(folder.resolve("plugins")), settings.get(ServerSettings.PLUGINS));

        settings = Settings.read(ServerSettings.ALL, sources.withCommandLine(Map.of("MCP_PLUGINS", "mine")));
        assertEquals(Optional.of(Path.of("mine")), settings.get(ServerSettings.PLUGINS));

        settings = Settings.read(ServerSettings.ALL,
                Sources.environment(Map.of()).withEnvFile(envFile("MCP_PLUGINS=mine")));
        assertEquals(Optional.of(folder.resolve("mine")), settings.get(ServerSettings.PLUGINS));
    }

    @Test
    void severalMistakes_areAllToldAtOnce() {
        Path file = envFile("MCP_LOG_LEVEL=loud\nnonsense\n");
        Sources sources = Sources.environment(Map.of("MCP_PORT", "99999", "MCP_PATH", "mcp")).withEnvFile(file);

        ConfigException e = assertThrows(ConfigException.class, () -> Settings.read(ServerSettings.ALL, sources));

        assertEquals(List.of("line 2", "MCP_PORT", "MCP_PATH", "MCP_LOG_LEVEL"),
                e.problems().stream().map(Problem::subject).toList());
        assertEquals("MCP_PORT: 99999 (from environment; expected: a whole number from 0 to 65535)",
                e.problems().get(1).text());
        assertEquals(String.join("\n", e.problems().stream().map(Problem::text).toList()), e.getMessage());
    }

    @Test
    void wrongSecret_isNotRepeated() {
        ConfigException wrong = assertThrows(ConfigException.class, () -> read(Map.of("MCP_SECRET_KEYS", "tooshort")));

        assertTrue(wrong.problems().getFirst().text().startsWith("MCP_SECRET_KEYS: (hidden)"));
    }

    @Test
    void wrongValue_isNotHiddenByARightOneBelowIt() {
        Sources sources = Sources.environment(Map.of("MCP_PORT", "x")).withEnvFile(envFile("MCP_PORT=9000"));

        assertThrows(ConfigException.class, () -> Settings.read(ServerSettings.ALL, sources));
    }

    @Test
    void problem_isOneShortPrintableLine() {
        String text = new Problem("A", Source.ENVIRONMENT, "\u001b[31m\n" + "x".repeat(500), "less").text();

        assertTrue(text.startsWith("A: ?[31m?xxx"), text);
        assertTrue(text.length() < 150, text);
    }

    @ParameterizedTest
    @CsvSource({"MCP_PROT, MCP_PORT", "MCP_SESSION_TIMEOUT, MCP_SESSION_TIMEOUT_MS",
        "MCP_MAX_SESSION, MCP_MAX_SESSIONS", "MCP_ALLOWED_ORIGIN, MCP_ALLOWED_ORIGINS"})
    void misspelledName_isAWarningWithTheNameThatWasMeant(String given, String meant) {
        assertEquals(List.of(given + " (environment) is not a setting (did you mean " + meant + "?)"),
                read(Map.of(given, "1")).warnings());
    }

    @Test
    void nameLikeNoOther_isAWarningWithoutAGuess() {
        Settings settings = Settings.read(ServerSettings.ALL,
                Sources.environment(Map.of("MCP_COLOUR_OF_THE_SKY", "blue")).withEnvFile(envFile("MCP_QUUX_QUUX=1")));

        assertEquals(List.of("MCP_COLOUR_OF_THE_SKY (environment) is not a setting",
                "MCP_QUUX_QUUX (.env) is not a setting"), settings.warnings());
    }

    @Test
    void variablesOfOthers_arePassedOver() {
        assertEquals(List.of(), read(Map.of("PATH", "/bin", "JAVA_HOME", "x", "MCPX", "y")).warnings());
    }

    @Test
    void envFile_isTheOneOfTheFirstFolderThatHasOne() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.createDirectory(first.resolve(".env"));
        Sources sources = Sources.environment(Map.of());
        assertEquals(Optional.empty(), sources.withEnvFileIn(first, second).envFile());

        Path file = Files.writeString(second.resolve(".env"), "");
        assertEquals(Optional.of(file), sources.withEnvFileIn(first, second).envFile());
    }

    @Test
    void envFileThatWasNamed_mustExist() {
        Sources sources = Sources.environment(Map.of()).withEnvFile(folder.resolve("none.env"));

        assertThrows(ConfigException.class, () -> Settings.read(ServerSettings.ALL, sources));
    }

    @Test
    void settingThatWasNotDeclared_cannotBeAskedFor() {
        Settings settings = read(Map.of());

        assertThrows(IllegalArgumentException.class,
                () -> settings.get(new Setting<>("MCP_OTHER", NUMBER, 1, "Group", "Help.")));
        assertThrows(IllegalArgumentException.class,
                () -> settings.get(new Setting<>("MCP_PORT", NUMBER, 1, "Group", "Help.")));
    }

    @Test
    void nameDeclaredTwice_isRefused() {
        Setting<Integer> setting = new Setting<>("A", NUMBER, 1, "Group", "Help.");
        Sources nothing = Sources.environment(Map.of());

        assertThrows(IllegalArgumentException.class, () -> Settings.read(List.of(setting, setting), nothing));
    }

    @Test
    void declaration_isCheckedWhenItIsMade() {
        assertThrows(IllegalArgumentException.class, () -> new Setting<>("A", NUMBER, 11, "Group", "Help."));
        assertThrows(IllegalArgumentException.class, () -> new Setting<>("a-b", NUMBER, 1, "Group", "Help."));
        assertThrows(IllegalArgumentException.class, () -> new Setting<>("A", NUMBER, 1, "Group", "Two\nlines"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp", "/m?x=1", "/m cp", "/m#x", "http://x/mcp", "/mÄ"})
    void path_startsWithASlashAndHasNoQueryOrBlank(String path) {
        assertEquals("MCP_PATH", refused("MCP_PATH", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example.com", "https://app.example.com/", "https://a.example/x", "*", "https://a b"})
    void origin_isASchemeAndAHost(String origin) {
        assertEquals("MCP_ALLOWED_ORIGINS", refused("MCP_ALLOWED_ORIGINS", "https://ok.example," + origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "a.example/mcp", "a.example:x", "a b", "*"})
    void allowedHost_isAHostWithOrWithoutAPort(String host) {
        assertEquals("MCP_ALLOWED_HOSTS", refused("MCP_ALLOWED_HOSTS", host));
    }

    @Test
    void hostsAndOrigins_mayHavePortsAndIpV6() {
        Settings settings = read(Map.of("MCP_HOST", "::1", "MCP_ALLOWED_HOSTS", "a.example:8443, [::1]:8000,10.0.0.1",
                "MCP_ALLOWED_ORIGINS", "http://localhost:3000,vscode-webview://abc"));

        assertEquals(List.of("a.example:8443", "[::1]:8000", "10.0.0.1"), settings.get(ServerSettings.ALLOWED_HOSTS));
        assertEquals(List.of("http://localhost:3000", "vscode-webview://abc"),
                settings.get(ServerSettings.ALLOWED_ORIGINS));
        assertEquals("::1", settings.get(ServerSettings.HOST));
    }

    private static String refused(String name, String value) {
        ConfigException e = assertThrows(ConfigException.class, () -> read(Map.of(name, value)));
        return e.problems().getFirst().subject();
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(ServerSettings.ALL, Sources.environment(environment));
    }

    private Path envFile(String text) {
        try {
            return Files.writeString(folder.resolve(".env"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
