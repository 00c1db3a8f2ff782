package dev.mooring.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a binding carries beside a message: HTTP header fields; nothing elsewhere. The engine compares, the binding does not. */
public interface Envelope {

    /** A binding that carries nothing but messages. */
    Envelope NONE = new Envelope() {
        @Override
        public boolean carriesFields() {
            return false;
        }

        @Override
        public @Nullable String first(String name) {
            return null;
        }

        @Override
        public List<String> all(String name) {
            return List.of();
        }
    };

    /** Whether this binding has fields at all, so that a missing one is an error. */
    boolean carriesFields();

    /** The first field of that name, compared without case, trimmed; or null. */
    @Nullable
    String first(String name);

    /** All fields of that name, in the order they were sent; empty if there is none. */
    List<String> all(String name);
}
