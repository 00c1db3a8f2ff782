package dev.mooring.feature;

import java.io.Serial;

/**
 * What a feature was given does not fit what it takes. Thrown by the checks before the work begins, and by a handler that
 * knows more than its schema; the client reads the message.
 */
public final class InvalidArgumentsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param message names each place that does not fit, and what was expected */
    public InvalidArgumentsException(String message) {
        super(message);
    }
}
