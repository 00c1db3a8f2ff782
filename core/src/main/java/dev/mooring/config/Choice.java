package dev.mooring.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One constant of an enum, in lower case with {@code -} for {@code _}; read in any case. */
record Choice<E extends Enum<E>>(Class<E> type) implements Kind<E> {

    @Override
    public Optional<E> read(String text) {
        return constants().filter(constant -> write(constant).equals(text.toLowerCase(Locale.ROOT))).findFirst();
    }

    @Override
    public String write(E value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String expected() {
        return "one of " + constants().map(this::write).collect(Collectors.joining(", "));
    }

    private Stream<E> constants() {
        return Stream.of(type.getEnumConstants());
    }
}
