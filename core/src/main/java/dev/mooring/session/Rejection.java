package dev.mooring.session;

/** Why a session was not opened. */
public enum Rejection {
    /** As many live as the limits allow. */
    FULL("MCP_MAX_SESSIONS"),
    /** As many of this owner live as the limits allow. */
    OWNER_FULL("MCP_MAX_SESSIONS_PER_PRINCIPAL"),
    /** The manager is closed. */
    CLOSED("");

    private final String setting;

    Rejection(String setting) {
        this.setting = setting;
    }

    /** The setting that governs it; may be empty. */
    public String setting() {
        return setting;
    }
}
