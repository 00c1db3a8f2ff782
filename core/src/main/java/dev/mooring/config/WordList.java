package dev.mooring.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Texts separated by commas, each of which passes a check. */
record WordList(String expected, Predicate<String> check) implements Kind<List<String>> {

    @Override
    public Optional<List<String>> read(String text) {
        List<String> words = Stream.of(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
        return words.stream().allMatch(check) ? Optional.of(words) : Optional.empty();
    }

    @Override
    public String write(List<String> value) {
        return String.join(",", value);
    }

    @Override
    public String readable(List<String> value) {
        return value.isEmpty() ? "none" : write(value);
    }

    @Override
    public boolean takesEmpty() {
        return true;
    }
}
