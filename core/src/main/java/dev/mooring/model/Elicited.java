package dev.mooring.model;

import java.util.Optional;

/**
 * What a user did with a form.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#response-actions">Response
 *     Actions</a>
 */
public sealed interface Elicited<T> {

    /** The user filled it in and agreed. */
    record Accepted<T>(T value) implements Elicited<T> {}

    /** The user said no. */
    record Declined<T>() implements Elicited<T> {}

    /** The user went away without saying anything. */
    record Cancelled<T>() implements Elicited<T> {}

    /** What was filled in; empty if the user declined or cancelled. */
    default Optional<T> accepted() {
        return switch (this) {
            case Accepted<T>(T value) -> Optional.of(value);
            case Declined<T> declined -> Optional.empty();
            case Cancelled<T> cancelled -> Optional.empty();
        };
    }
}
