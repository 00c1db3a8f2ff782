package dev.mooring.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Secrets separated by commas, each long enough that nobody guesses it; never printed. */
record Secrets(int shortest) implements Kind<List<String>> {

    @Override
    public Optional<List<String>> read(String text) {
        List<String> secrets =
                text.isEmpty() ? List.of() : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return secrets.stream().allMatch(secret -> secret.length() >= shortest) ? Optional.of(secrets)
                : Optional.empty();
    }

    @Override
    public String write(List<String> value) {
        return String.join(",", value);
    }

    @Override
    public String readable(List<String> value) {
        return value.isEmpty() ? "none" : value.size() + " (hidden)";
    }

    @Override
    public String expected() {
        return "secrets of at least " + shortest + " characters, separated by commas; empty = none";
    }

    @Override
    public boolean takesEmpty() {
        return true;
    }

    @Override
    public boolean isSecret() {
        return true;
    }
}
