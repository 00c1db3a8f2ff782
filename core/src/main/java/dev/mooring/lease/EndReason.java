package dev.mooring.lease;

/** Why a lease ended: a closed set, each with the words that logs and reports use. */
public enum EndReason {
    IDLE("timeout"),
    SHUTDOWN("server shutdown"),
    CLIENT_REQUEST("client requested termination"),
    TRANSPORT_CLOSED("transport closed"),
    REPLACED("replaced"),
    MANUAL("manual");

    private final String text;

    EndReason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
