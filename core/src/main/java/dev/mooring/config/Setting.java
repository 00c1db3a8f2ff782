package dev.mooring.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting, declared once: everything that is read, printed or documented about it comes from here.
 *
 * @param name the environment variable
 * @param kind what its text may be
 * @param standard the value that holds where none is given; a relative path counts from the installation's folder
 * @param group the heading under which it is documented
 * @param help one line: what it does
 * @param <T> the value's type
 */
public record Setting<T>(String name, Kind<T> kind, T standard, String group, String help) {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    public Setting {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: " + name + " (expected: upper case letters, digits and _)");
        }
        if (help.isBlank() || help.contains("\n")) {
            throw new IllegalArgumentException(name + ": help: \"" + help + "\" (expected: one line)");
        }
        if (!kind.read(kind.write(standard)).equals(Optional.of(standard))) {
            throw new IllegalArgumentException(
                    name + ": " + kind.write(standard) + " (expected: " + kind.expected() + ")");
        }
    }

    /** The default as text that may be given; a path is the bare folder name. */
    public String standardText() {
        return kind.write(standard);
    }
}
