package dev.mooring.store.file;

import java.io.Serial;

/** A sound file that is not for this version to read. */
final class ForeignFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ForeignFileException(int format, int known) {
        super(format > known ? "was written by a later version (format " + format + ", expected: " + known + ")"
                : "belongs to another application");
    }
}
