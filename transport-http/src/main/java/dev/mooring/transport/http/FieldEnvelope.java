package dev.mooring.transport.http;

import dev.mooring.http.HttpFields;
import dev.mooring.transport.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of a request. */
record FieldEnvelope(HttpFields fields) implements Envelope {
    @Override
    public boolean carriesFields() {
        return true;
    }

    @Override
    public @Nullable String first(String name) {
        return fields.first(name);
    }

    @Override
    public List<String> all(String name) {
        return fields.all(name);
    }
}
