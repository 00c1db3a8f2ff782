package dev.mooring.transport;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The wire failed: a port is taken, an address does not resolve, a channel broke. */
public final class TransportException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
