package dev.mooring.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file or folder, or none. */
record Location() implements Kind<Optional<Path>> {

    @Override
    public Optional<Optional<Path>> read(String text) {
        if (text.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        try {
            return Optional.of(Optional.of(Path.of(text)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public String write(Optional<Path> value) {
        return value.map(Path::toString).orElse("");
    }

    @Override
    public String readable(Optional<Path> value) {
        return value.map(Path::toString).orElse("none");
    }

    @Override
    public String expected() {
        return "a path; empty = none";
    }

    @Override
    public boolean takesEmpty() {
        return true;
    }
}
