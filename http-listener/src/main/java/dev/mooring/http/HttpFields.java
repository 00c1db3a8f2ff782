package dev.mooring.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of a request. Names are compared without regard to case; values have no white space around them. */
public interface HttpFields {

    /** The value of the first field of this name. */
    @Nullable
    String first(String name);

    /** The values of all fields of this name, in the order they were sent; empty if there is none. */
    List<String> all(String name);

    /** The first of these names that more than one field has; null if each has one at most. */
    @Nullable
    String repeated(List<String> names);
}
