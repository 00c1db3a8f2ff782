package dev.mooring.model;

import org.jspecify.annotations.Nullable;

/** Members that must not be missing from what a peer sent. */
final class Required {
    private Required() {}

    /** Takes names and values in turn; the first value that is missing is an {@link IllegalArgumentException}. */
    static void check(@Nullable Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                throw new IllegalArgumentException(namesAndValues[i] + ": missing");
            }
        }
    }
}
