package dev.mooring.config;

import java.util.Optional;
import java.util.function.Predicate;

/** Text that passes a check. */
record Words(String expected, Predicate<String> check) implements Kind<String> {

    @Override
    public Optional<String> read(String text) {
        return check.test(text) ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String write(String value) {
        return value;
    }
}
