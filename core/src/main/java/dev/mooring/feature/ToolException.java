package dev.mooring.feature;

import java.io.Serial;

/**
 * The work failed in a way the client should read. Of a tool the message becomes the result, with {@code isError}; of anything
 * else the message of an error.
 */
public final class ToolException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
