package dev.mooring.transport.http;

import dev.mooring.http.HttpFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a request that has one. */
record OneField(String name, String value) implements HttpFields {
    @Override
    public @Nullable String first(String wanted) {
        return name.equalsIgnoreCase(wanted) ? value : null;
    }

    @Override
    public List<String> all(String wanted) {
        return name.equalsIgnoreCase(wanted) ? List.of(value) : List.of();
    }

    @Override
    public @Nullable String repeated(List<String> names) {
        return null;
    }
}
