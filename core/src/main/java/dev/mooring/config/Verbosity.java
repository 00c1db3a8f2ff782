package dev.mooring.config;

/** How much is logged, the most talkative first. */
public enum Verbosity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
