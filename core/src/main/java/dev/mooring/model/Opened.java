package dev.mooring.model;

/**
 * What became of a page a user was asked to open.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#url-mode-elicitation-requests">
 *     URL Mode Elicitation Requests</a>
 */
public enum Opened {
    /** What was to be done there is done. */
    DONE,
    /** The user said no. */
    DECLINED,
    /** The user went away without saying anything. */
    CANCELLED
}
