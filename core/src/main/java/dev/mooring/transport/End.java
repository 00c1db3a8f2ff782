package dev.mooring.transport;

/** Why an outlet or a channel ended. The binding turns it into its own words (SSE end, close code, end of file). */
public enum End {
    /** All was said. */
    DONE("done"),
    /** The peer closed, or the connection broke. */
    PEER_GONE("transport closed"),
    /** A newer stream of the same session took its place. */
    REPLACED("replaced"),
    /** The peer does not read what it asked for. */
    SLOW_READER("slow reader"),
    /** The session it belonged to ended, or this server gave its connection up. */
    SESSION_ENDED("session ended"),
    /** This server stops. */
    SHUTDOWN("server shutdown");

    private final String text;

    End(String text) {
        this.text = text;
    }

    /** A few words for logs. */
    public String text() {
        return text;
    }
}
