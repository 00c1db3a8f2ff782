package dev.mooring.store.file;

import dev.mooring.session.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What went wrong with a file, in words that name it and what can be done. */
final class Failures {
    private Failures() {}

    /** The failure as the engine is told of it; one that is that already stays as it is. */
    static StoreException explained(Path file, Exception failure) {
        if (failure instanceof StoreException told) {
            return told;
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new StoreException("Session store " + file + " " + what(root), failure);
    }

    private static String what(Throwable root) {
        String remedy = "; move it away to start without sessions";
        if (root instanceof ForeignFileException) {
            return root.getMessage() + remedy;
        }
        if (root instanceof AccessDeniedException) {
            return "cannot be used: this user has no access to " + root.getMessage();
        }
        if (root instanceof FileSystemException failed && failed.getReason() != null) {
            return "cannot be used: it " + failed.getReason();
        }
        if (root instanceof IOException && !(root instanceof EOFException)) {
            return "cannot be used: " + root.getMessage();
        }
        return "is damaged (" + root.getMessage() + ")" + remedy;
    }
}
