package dev.mooring.feature;

import java.io.Serial;

/** There is nothing to read under the URI that was asked for; its client is told so. */
public final class ResourceNotFoundException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ResourceNotFoundException() {
        super("Resource not found");
    }
}
