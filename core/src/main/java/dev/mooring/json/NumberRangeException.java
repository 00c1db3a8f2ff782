package dev.mooring.json;

import java.io.Serial;
import tools.jackson.databind.DatabindException;

/** A number that no double can hold: infinite, not a number, or written with too large an exponent. */
public final class NumberRangeException extends DatabindException {
    @Serial
    private static final long serialVersionUID = 1;

    NumberRangeException() {
        super("number out of range (expected: a finite double)");
    }
}
