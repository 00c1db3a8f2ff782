package dev.mooring.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A whole number within bounds. */
record WholeNumber(int min, int max) implements Kind<Integer> {
    private static final Map<String, Long> UNITS = Map.of("", 1L);

    @Override
    public Optional<Integer> read(String text) {
        OptionalLong number = Quantity.read(text, UNITS);
        if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
            return Optional.empty();
        }
        return Optional.of((int) number.getAsLong());
    }

    @Override
    public String write(Integer value) {
        return value.toString();
    }

    @Override
    public String expected() {
        return "a whole number from " + min + " to " + max;
    }
}
