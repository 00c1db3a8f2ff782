package dev.mooring.feature;

import dev.mooring.model.LogLevel;
import java.time.Duration;

/**
 * One invocation in progress, as its handler sees it. Valid until the handler returns; after that, and after the call was
 * cancelled, what it says is dropped. Thread-safe.
 */
public interface Call extends Context {

    /**
     * Tells the client how far the work has come, if it asked to be told. Blocks while the client does not read.
     *
     * @param done grows with every report; a report that does not is dropped
     * @param total what {@code done} will be at the end; 0 if unknown
     * @param message what is being done, since 2025-03-26; may be empty
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/progress">Progress</a>
     */
    void progress(double done, double total, String message) throws InterruptedException;

    /** Progress without words. */
    default void progress(double done, double total) throws InterruptedException {
        progress(done, total, "");
    }

    /**
     * Sends a log message to the client, if it asked for this level. Blocks while the client does not read.
     *
     * @param logger where it comes from; may be empty
     * @param data anything that can be written as JSON
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/logging">Logging</a>,
     *     deprecated by the specification since 2026-07-28
     */
    void log(LogLevel level, String logger, Object data) throws InterruptedException;

    /**
     * Closes the connection this call streams on, so that a long wait does not hold one; its client comes back after that
     * time and misses nothing. Only clients of 2025-11-25 over HTTP can do that; for all others this does nothing.
     *
     * @param retry how long the client should wait; not negative
     * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server">
     *     Sending Messages to the Server</a>
     */
    void pause(Duration retry);
}
