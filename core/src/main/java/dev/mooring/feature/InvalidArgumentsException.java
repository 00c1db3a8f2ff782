package dev.mooring.feature;

import java.io.Serial;

/** What a feature was given does not fit what it takes; the message names each failing place. */
public final class InvalidArgumentsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    InvalidArgumentsException(String message) {
        super(message);
    }
}
