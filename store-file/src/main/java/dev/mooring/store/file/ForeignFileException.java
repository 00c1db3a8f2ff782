package dev.mooring.store.file;

import java.io.Serial;

/** A file that is sound, as far as can be told, and not for this version to read. */
final class ForeignFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ForeignFileException(String message) {
        super(message);
    }
}
