package dev.mooring.feature;

import java.util.Map;

/**
 * A URI, taken apart by the template it belongs to.
 *
 * @param values of the template's variables, percent-decoded: text from outside, in which even {@code {name}} may hold slashes
 */
public record Variables(String uri, Map<String, String> values) {

    public Variables {
        values = Map.copyOf(values);
    }

    /**
     * The value of a variable.
     *
     * @throws IllegalArgumentException if the template has none of that name
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("variable: \"" + name + "\" (expected: one of " + values.keySet() + ")");
        }
        return value;
    }
}
