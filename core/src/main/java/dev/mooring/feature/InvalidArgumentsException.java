package dev.mooring.feature;

import java.io.Serial;

/** The arguments of a call do not fit the tool's input schema; the message names each failing path. */
public final class InvalidArgumentsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    InvalidArgumentsException(String message) {
        super(message);
    }
}
