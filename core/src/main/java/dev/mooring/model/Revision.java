package dev.mooring.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A revision of the MCP specification, in order of time. {@code compareTo} tells which came first.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning">Versioning</a>
 */
public enum Revision {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /** The newest revision with an {@code initialize} handshake. */
    public static final Revision NEWEST_LEGACY = V2025_11_25;

    /** The newest revision of all. */
    public static final Revision NEWEST = V2026_07_28;

    private static final Map<String, Revision> BY_VERSION =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Revision::version, Function.identity()));

    private final String version;

    Revision(String version) {
        this.version = version;
    }

    /** The version as it travels, a date. */
    public String version() {
        return version;
    }

    /** Whether requests carry version and capabilities themselves, and there are no sessions. */
    public boolean modern() {
        return compareTo(V2026_07_28) >= 0;
    }

    public boolean since(Revision first) {
        return compareTo(first) >= 0;
    }

    /** The revision of that version, if this server knows it. */
    public static Optional<Revision> of(String version) {
        return Optional.ofNullable(BY_VERSION.get(version));
    }

    /** The versions a modern request may name, newest first. */
    public static List<String> modernVersions() {
        return List.of(V2026_07_28.version);
    }
}
