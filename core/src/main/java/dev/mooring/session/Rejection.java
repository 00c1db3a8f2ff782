package dev.mooring.session;

/** Why a session was not opened, or not brought back. */
public enum Rejection {
    /** As many live as the limits allow. */
    FULL("MCP_MAX_SESSIONS"),
    /** As many of this owner live as the limits allow. */
    OWNER_FULL("MCP_MAX_SESSIONS_PER_PRINCIPAL"),
    /** Another process holds the store that sessions are kept in. */
    STORE_HELD("MCP_SESSION_STORE"),
    /** The store that sessions are kept in cannot be read. */
    STORE_FAILED("MCP_SESSION_STORE"),
    /** As many kept sessions are being looked for as may be at once. */
    RESTORING("MCP_SESSION_STORE"),
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
