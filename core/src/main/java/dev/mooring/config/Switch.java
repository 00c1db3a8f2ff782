package dev.mooring.config;

import java.util.Locale;
import java.util.Optional;

/** On or off; the usual other words for it are understood. */
record Switch() implements Kind<Boolean> {

    @Override
    public Optional<Boolean> read(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> Optional.of(true);
            case "off", "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    @Override
    public String write(Boolean value) {
        return value ? "on" : "off";
    }

    @Override
    public String expected() {
        return "on or off";
    }
}
