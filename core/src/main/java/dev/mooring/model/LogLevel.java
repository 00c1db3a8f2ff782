package dev.mooring.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The severities of RFC 5424 that MCP log messages use, from least to most severe. */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /** The level as it travels. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LogLevel> of(String wire) {
        return Arrays.stream(values()).filter(l -> l.wire().equals(wire)).findFirst();
    }
}
