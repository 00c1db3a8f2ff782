package dev.mooring.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where something is kept: in memory, or in a file. */
record StorePlace() implements Kind<Optional<Path>> {
    private static final String MEMORY = "memory";
    private static final String FILE = "file:";

    @Override
    public Optional<Optional<Path>> read(String text) {
        if (text.equals(MEMORY)) {
            return Optional.of(Optional.empty());
        }
        try {
            return text.startsWith(FILE) && text.length() > FILE.length()
                    ? Optional.of(Optional.of(Path.of(text.substring(FILE.length()))))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public String write(Optional<Path> value) {
        return value.map(path -> FILE + path).orElse(MEMORY);
    }

    @Override
    public String expected() {
        return "memory, or file: and a path";
    }
}
