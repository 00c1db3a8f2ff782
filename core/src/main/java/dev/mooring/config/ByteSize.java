package dev.mooring.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A number of bytes within bounds: bare, or with a binary or decimal unit. */
record ByteSize(long min, long max) implements Kind<Long> {
    private static final Map<String, Long> UNITS = Map.of("", 1L, "b", 1L, "kb", 1_000L, "mb", 1_000_000L, "gb",
            1_000_000_000L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

    @Override
    public Optional<Long> read(String text) {
        OptionalLong bytes = Quantity.read(text, UNITS);
        if (bytes.isEmpty() || bytes.getAsLong() < min || bytes.getAsLong() > max) {
            return Optional.empty();
        }
        return Optional.of(bytes.getAsLong());
    }

    @Override
    public String write(Long value) {
        if (value > 0 && value % (1L << 30) == 0) {
            return (value >> 30) + "GiB";
        }
        if (value > 0 && value % (1L << 20) == 0) {
            return (value >> 20) + "MiB";
        }
        if (value > 0 && value % (1L << 10) == 0) {
            return (value >> 10) + "KiB";
        }
        return value.toString();
    }

    @Override
    public String expected() {
        return "bytes, or a size such as 512KiB or 4MiB, from " + write(min) + " to " + write(max);
    }
}
