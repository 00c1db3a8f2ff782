package dev.mooring.lease;

/** Why a lease ended: a closed set, each with the words that logs and reports use. */
public enum EndReason {
    IDLE("timeout"),
    LIFETIME("lifetime reached"),
    NOT_INITIALIZED("not initialized in time"),
    EVICTED("evicted for a newer one of the same owner"),
    SHUTDOWN("server shutdown"),
    CLIENT_REQUEST("client requested termination"),
    TRANSPORT_CLOSED("transport closed"),
    PROTOCOL_VIOLATION("protocol violation"),
    BECAME_SESSION("became a session"),
    REPLACED("replaced"),
    MANUAL("manual");

    private final String text;

    EndReason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether time ended it, and nobody's wish. */
    public boolean expiry() {
        return this == IDLE || this == LIFETIME || this == NOT_INITIALIZED;
    }
}
