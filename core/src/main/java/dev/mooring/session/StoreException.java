package dev.mooring.session;

import java.io.Serial;

/** A session store that cannot do its work; the message names it and says what can be done. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
