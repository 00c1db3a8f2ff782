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

    private static final int SHORTEST_SECRET = 32;

    private static final Pattern TIMEOUT_RULE =
            Pattern.compile("(transport|principal|client):[^=,]+=[0-9]{1,12}(ms|s|m|h|d)?");

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

    public static final Setting<Long> MAX_INCOMING_BYTES =
            new Setting<>("MCP_MAX_INCOMING_BYTES", Kind.bytes(0, 1L << 40), 256L << 20, HTTP,
                    "Most memory for messages that are still arriving, all connections"
                            + " together; small messages and a single long one always find room.");

    public static final Setting<Long> MAX_HEADER_BYTES = new Setting<>("MCP_MAX_HEADER_BYTES",
            Kind.bytes(1 << 10, 1 << 20), 16L << 10, HTTP, "Longest header of a request, all fields together.");

    public static final Setting<Integer> MAX_CONNECTIONS = new Setting<>("MCP_MAX_CONNECTIONS",
            Kind.wholeNumber(1, 1_000_000), 10_000, HTTP, "Most connections open at once.");

    public static final Setting<Duration> SESSION_TIMEOUT = new Setting<>("MCP_SESSION_TIMEOUT_MS",
            Kind.timeOrZero(Duration.ofSeconds(1), Duration.ofDays(365), "never"), Duration.ofMinutes(30), WORK,
            "A session without activity for this long is closed; one with running calls is not idle,"
                    + " unless all of them wait for its client.");

    public static final Setting<List<String>> SESSION_TIMEOUTS = new Setting<>("MCP_SESSION_TIMEOUTS",
            list("rules such as transport:http=10m, principal:alice=8h or client:probe=1m, separated by commas",
                    TIMEOUT_RULE),
            List.of(), WORK, "Session timeouts by transport, principal or client name; for a client only shorter ones"
                    + " take effect, because it chooses its name itself.");

    public static final Setting<Duration> SESSION_LIFETIME = new Setting<>("MCP_SESSION_LIFETIME_MS",
            Kind.timeOrZero(Duration.ofSeconds(1), Duration.ofDays(365), "no limit"), Duration.ZERO, WORK,
            "A session is closed when it is this old, used or not.");

    public static final Setting<Duration> INITIALIZE_TIMEOUT =
            new Setting<>("MCP_INITIALIZE_TIMEOUT_MS", Kind.time(Duration.ofSeconds(1), Duration.ofDays(1)),
                    Duration.ofSeconds(60), WORK, "A session that is opened and not used is closed after this long.");

    public static final Setting<Duration> HEARTBEAT_INTERVAL = new Setting<>("MCP_HEARTBEAT_INTERVAL_MS",
            Kind.timeOrZero(Duration.ofSeconds(1), Duration.ofDays(1), "never"), Duration.ofSeconds(30), WORK,
            "A client that keeps a stream open and is silent this long is asked whether it is there. On Linux, a"
                    + " connection whose other end acknowledges nothing for twice as long is given up.");

    public static final Setting<Duration> CLEANUP_INTERVAL =
            new Setting<>("MCP_CLEANUP_INTERVAL_MS", Kind.time(Duration.ofSeconds(1), Duration.ofDays(1)),
                    Duration.ofMinutes(5), WORK, "How often sessions are audited; they expire on time without it.");

    public static final Setting<Duration> STATUS_REPORT_INTERVAL = new Setting<>("MCP_STATUS_REPORT_INTERVAL_MS",
            Kind.timeOrZero(Duration.ofSeconds(1), Duration.ofDays(1), "never"), Duration.ofMinutes(1), WORK,
            "How often the log says who is connected.");

    public static final Setting<Integer> MAX_SESSIONS_PER_PRINCIPAL =
            new Setting<>("MCP_MAX_SESSIONS_PER_PRINCIPAL", Kind.wholeNumber(1, 1_000_000), 100, WORK,
                    "Most sessions of one principal, or of one address without credentials other than this machine's.");

    public static final Setting<Boolean> EVICT_IDLE_SESSIONS = new Setting<>("MCP_EVICT_IDLE_SESSIONS", Kind.onOff(),
            false, WORK, "Whether at such a limit the owner's least recently used idle session makes place.");

    public static final Setting<Integer> MAX_SESSIONS = new Setting<>("MCP_MAX_SESSIONS",
            Kind.wholeNumber(1, 1_000_000), 10_000, WORK, "Most sessions open at once.");

    public static final Setting<Integer> MAX_SUBSCRIPTIONS = new Setting<>("MCP_MAX_SUBSCRIPTIONS",
            Kind.wholeNumber(1, 1_000_000), 10_000, WORK, "Most subscriptions/listen streams open at once.");

    public static final Setting<Integer> MAX_SUBSCRIPTIONS_PER_PRINCIPAL = new Setting<>(
            "MCP_MAX_SUBSCRIPTIONS_PER_PRINCIPAL", Kind.wholeNumber(1, 1_000_000), 100, WORK,
            "Most such streams of one principal, or of one address without credentials other than this machine's.");

    public static final Setting<Integer> MAX_CALLS_PER_SESSION = new Setting<>("MCP_MAX_CALLS_PER_SESSION",
            Kind.wholeNumber(1, 100_000), 1_000, WORK, "Most calls that run at once in one session or connection.");

    public static final Setting<Duration> CALL_TIMEOUT =
            new Setting<>("MCP_CALL_TIMEOUT_MS", Kind.time(Duration.ofSeconds(1), Duration.ofDays(7)),
                    Duration.ofMinutes(10), WORK, "A call that runs longer is interrupted, within a second.");

    public static final Setting<Optional<Path>> SESSION_STORE =
            new Setting<>("MCP_SESSION_STORE", Kind.store(), Optional.empty(), WORK,
                    "Where sessions are kept; in a file they outlive the process, also one that is killed.");

    public static final Setting<Duration> STORE_WAIT = new Setting<>("MCP_STORE_WAIT_MS",
            Kind.time(Duration.ZERO, Duration.ofDays(1)), Duration.ofSeconds(30), WORK,
            "How long to wait for another process that still holds the session store; clients are told to come back.");

    public static final Setting<List<String>> SECRET_KEYS = new Setting<>("MCP_SECRET_KEYS",
            Kind.secrets(SHORTEST_SECRET), List.of(), WORK,
            "What ids and states of clients are signed and sealed with, newest first; servers behind one address"
                    + " share them. Without any, those of the session store, or made at random.");

    public static final Setting<Duration> ASK_TIMEOUT = new Setting<>("MCP_ASK_TIMEOUT_MS",
            Kind.time(Duration.ofSeconds(1), Duration.ofDays(7)), Duration.ofMinutes(10), WORK,
            "How long a client may take to answer what a call asks it; that does not count as the call's own time.");

    public static final Setting<Duration> PROGRESS_INTERVAL = new Setting<>("MCP_PROGRESS_INTERVAL_MS",
            Kind.timeOrZero(Duration.ofMillis(1), Duration.ofMinutes(10), "each report is sent"), Duration.ZERO, WORK,
            "Time between two progress reports of a call; of those that come sooner only the latest is sent.");

    public static final Setting<Long> EVENT_BYTES_PER_SESSION = new Setting<>("MCP_EVENT_BYTES_PER_SESSION",
            Kind.bytes(0, 1 << 30), 1L << 20, WORK, "Most that is kept of one session's streams, for a client whose"
                    + " connection breaks and that comes back for what it missed; 0 keeps nothing.");

    public static final Setting<Long> EVENT_BYTES = new Setting<>("MCP_EVENT_BYTES", Kind.bytes(0, 1L << 40), 64L << 20,
            WORK, "Most that is kept of all sessions' streams; when it runs short, those that keep most give way.");

    public static final Setting<Duration> EVENT_AGE =
            new Setting<>("MCP_EVENT_AGE_MS", Kind.time(Duration.ofSeconds(1), Duration.ofDays(1)),
                    Duration.ofMinutes(5), WORK, "How long what a stream said is kept for such a client.");

    public static final Setting<Duration> SHUTDOWN_GRACE =
            new Setting<>("MCP_SHUTDOWN_GRACE_MS", Kind.time(Duration.ZERO, Duration.ofDays(1)), Duration.ofSeconds(10),
                    SERVER, "How long running calls may go on when the server is told to stop.");

    public static final Setting<Verbosity> LOG_LEVEL =
            new Setting<>("MCP_LOG_LEVEL", Kind.choice(Verbosity.class), Verbosity.INFO, SERVER, "How much is logged.");

    public static final Setting<Optional<Path>> PLUGINS = new Setting<>("MCP_PLUGINS", Kind.path(),
            Optional.of(Path.of("plugins")), SERVER, "Folder with plugin jars; by default the one beside bin/.");

    /** All of them, in the order in which they are documented. */
    public static final List<Setting<?>> ALL = List.of(HOST, PORT, PATH, ALLOWED_ORIGINS, ALLOWED_HOSTS,
            MAX_MESSAGE_BYTES, MAX_INCOMING_BYTES, MAX_HEADER_BYTES, MAX_CONNECTIONS, SESSION_TIMEOUT, SESSION_TIMEOUTS,
            SESSION_LIFETIME, INITIALIZE_TIMEOUT, HEARTBEAT_INTERVAL, CLEANUP_INTERVAL, STATUS_REPORT_INTERVAL,
            MAX_SESSIONS, MAX_SESSIONS_PER_PRINCIPAL, EVICT_IDLE_SESSIONS, SESSION_STORE, STORE_WAIT, SECRET_KEYS,
            MAX_SUBSCRIPTIONS, MAX_SUBSCRIPTIONS_PER_PRINCIPAL, MAX_CALLS_PER_SESSION, CALL_TIMEOUT, ASK_TIMEOUT,
            PROGRESS_INTERVAL, EVENT_BYTES_PER_SESSION, EVENT_BYTES, EVENT_AGE, SHUTDOWN_GRACE, LOG_LEVEL, PLUGINS);

    private ServerSettings() {}

    private static Kind<String> text(String expected, Pattern pattern) {
        return Kind.text(expected, text -> pattern.matcher(text).matches());
    }

    private static Kind<List<String>> list(String expected, Pattern pattern) {
        return Kind.list(expected, word -> pattern.matcher(word).matches());
    }
}
