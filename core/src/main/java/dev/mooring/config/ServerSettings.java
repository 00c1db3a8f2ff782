package dev.mooring.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every setting of the server. What is declared here takes effect; nothing else does. */
public final class ServerSettings {
    private static final String HTTP = "HTTP";
    private static final String WORK = "Sessions and calls";
    private static final String SERVER = "Server";

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]+");
    private static final Pattern ENDPOINT = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]+");
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._-]+(:[0-9]+)?|\\[[0-9A-Fa-f:.]+](:[0-9]+)?");

    public static final Setting<String> HOST = new Setting<>("MCP_HOST", text("a host name or an IP address", ADDRESS),
            "127.0.0.1", HTTP, "Address to listen on.");

    public static final Setting<Integer> PORT = new Setting<>("MCP_PORT", Kind.wholeNumber(0, 65_535), 8_000, HTTP,
            "Port to listen on; 0 takes any free one.");

    public static final Setting<String> PATH = new Setting<>("MCP_PATH",
            text("a path that starts with / and has no query", ENDPOINT), "/mcp", HTTP, "Path of the endpoint.");

    public static final Setting<List<String>> ALLOWED_ORIGINS = new Setting<>("MCP_ALLOWED_ORIGINS",
            list("origins such as https://app.example.com, separated by commas", ORIGIN), List.of(), HTTP,
            "Web pages that may call the server, besides those of this machine.");

    public static final Setting<List<String>> ALLOWED_HOSTS = new Setting<>("MCP_ALLOWED_HOSTS",
            list("hosts such as mcp.example.com or mcp.example.com:8443, separated by commas", AUTHORITY), List.of(),
            HTTP, "Host names that clients may address the server by, besides those of this machine;"
                    + " checked on a loopback address, or when set.");

    public static final Setting<Long> MAX_MESSAGE_BYTES = new Setting<>("MCP_MAX_MESSAGE_BYTES",
            Kind.bytes(1 << 10, 1 << 30), 4L << 20, HTTP, "Longest message that is accepted.");

    public static final Setting<Integer> MAX_CONNECTIONS = new Setting<>("MCP_MAX_CONNECTIONS",
            Kind.wholeNumber(1, 1_000_000), 10_000, HTTP, "Most connections open at once.");

    public static final Setting<Duration> SESSION_TIMEOUT = new Setting<>("MCP_SESSION_TIMEOUT_MS",
            Kind.timeOrZero(Duration.ofSeconds(1), Duration.ofDays(365), "never"), Duration.ofMinutes(30), WORK,
            "A session without activity for this long is closed; one with running calls is not idle.");

    public static final Setting<Integer> MAX_SESSIONS = new Setting<>("MCP_MAX_SESSIONS",
            Kind.wholeNumber(1, 1_000_000), 10_000, WORK, "Most sessions open at once.");

    public static final Setting<Integer> MAX_CALLS_PER_SESSION = new Setting<>("MCP_MAX_CALLS_PER_SESSION",
            Kind.wholeNumber(1, 100_000), 1_000, WORK, "Most calls that run at once in one session or connection.");

    public static final Setting<Duration> CALL_TIMEOUT =
            new Setting<>("MCP_CALL_TIMEOUT_MS", Kind.time(Duration.ofMillis(1), Duration.ofDays(7)),
                    Duration.ofMinutes(10), WORK, "A call that runs longer is interrupted.");

    public static final Setting<Duration> SHUTDOWN_GRACE =
            new Setting<>("MCP_SHUTDOWN_GRACE_MS", Kind.time(Duration.ZERO, Duration.ofDays(1)), Duration.ofSeconds(10),
                    SERVER, "How long running calls may go on when the server is told to stop.");

    public static final Setting<Verbosity> LOG_LEVEL =
            new Setting<>("MCP_LOG_LEVEL", Kind.choice(Verbosity.class), Verbosity.INFO, SERVER, "How much is logged.");

    public static final Setting<Optional<Path>> PLUGINS = new Setting<>("MCP_PLUGINS", Kind.path(),
            Optional.of(Path.of("plugins")), SERVER, "Folder with plugin jars; by default the one beside bin/.");

    /** All of them, in the order in which they are documented. */
    public static final List<Setting<?>> ALL = List.of(HOST, PORT, PATH, ALLOWED_ORIGINS, ALLOWED_HOSTS,
            MAX_MESSAGE_BYTES, MAX_CONNECTIONS, SESSION_TIMEOUT, MAX_SESSIONS, MAX_CALLS_PER_SESSION, CALL_TIMEOUT,
            SHUTDOWN_GRACE, LOG_LEVEL, PLUGINS);

    private ServerSettings() {}

    private static Kind<String> text(String expected, Pattern pattern) {
        return Kind.text(expected, text -> pattern.matcher(text).matches());
    }

    private static Kind<List<String>> list(String expected, Pattern pattern) {
        return Kind.list(expected, word -> pattern.matcher(word).matches());
    }
}
