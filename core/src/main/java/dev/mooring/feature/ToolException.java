package dev.mooring.feature;

import java.io.Serial;

/** A tool failed in a way the model should read: its message becomes the result, with {@code isError}. */
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
