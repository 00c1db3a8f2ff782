package dev.mooring.config;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number with an optional unit, such as {@code 30m} or {@code 4 MiB}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");

    private Quantity() {}

    /**
     * The number times its unit, or nothing if it is malformed, the unit is unknown or the product too large.
     *
     * @param units factors by unit in lower case; the empty unit is a bare number
     */
    static OptionalLong read(String text, Map<String, Long> units) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null || number > Long.MAX_VALUE / unit) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number * unit);
    }
}
