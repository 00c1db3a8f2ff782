package dev.mooring.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A time within bounds: bare milliseconds, or a number with a unit.
 *
 * @param zero what 0 means if it is allowed below {@code min}; otherwise empty
 */
record Millis(Duration min, Duration max, String zero) implements Kind<Duration> {
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    @Override
    public Optional<Duration> read(String text) {
        OptionalLong millis = Quantity.read(text, UNITS);
        if (millis.isEmpty()) {
            return Optional.empty();
        }
        Duration time = Duration.ofMillis(millis.getAsLong());
        boolean within = time.compareTo(min) >= 0 && time.compareTo(max) <= 0;
        return within || (time.isZero() && !zero.isEmpty()) ? Optional.of(time) : Optional.empty();
    }

    @Override
    public String write(Duration value) {
        return Long.toString(value.toMillis());
    }

    @Override
    public String readable(Duration value) {
        if (value.isZero()) {
            return zero.isEmpty() ? "0" : zero;
        }
        long millis = value.toMillis();
        for (String unit : new String[]{"d", "h", "m", "s"}) {
            long factor = UNITS.getOrDefault(unit, 1L);
            if (millis % factor == 0) {
                return millis / factor + unit;
            }
        }
        return millis + "ms";
    }

    @Override
    public String expected() {
        return "milliseconds, or a time such as 5s, 30m or 1h, from " + readable(min) + " to " + readable(max)
                + (zero.isEmpty() ? "" : "; 0 = " + zero);
    }
}
