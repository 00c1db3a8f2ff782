package dev.mooring.config;

/** Where a value came from, the strongest last. */
public enum Source {
    DEFAULT("default"),
    ENV_FILE(".env"),
    ENVIRONMENT("environment"),
    COMMAND_LINE("command line");

    private final String text;

    Source(String text) {
        this.text = text;
    }

    /** A word or two for messages. */
    public String text() {
        return text;
    }
}
