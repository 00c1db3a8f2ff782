package dev.mooring.store.file;

import dev.mooring.auth.Principal;
import dev.mooring.lease.ServerKeys;
import dev.mooring.session.SessionClient;
import dev.mooring.session.SessionStore;
import dev.mooring.session.StoredSession;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Sessions for tests, and what a store holds. */
final class Kept {
    private Kept() {}

    /** A session that can be told from others of the same key by its note. */
    static StoredSession session(String key, String note) {
        return new StoredSession(key, 7, new Principal("https://issuer", "ada", Set.of("read", "write")), "http",
                "192.0.2.1", Instant.parse("2026-01-01T00:00:00.123456789Z"), Instant.parse("2026-01-02T00:00:00Z"),
                true, true, new SessionClient("client", "1.0", "2025-11-25"), Map.of("note", note), "{\"a\":[1]}");
    }

    /** The notes of all that is kept, by key. */
    static Map<String, String> notes(SessionStore store) {
        Map<String, String> notes = new HashMap<>();
        store.list(session -> notes.put(session.key(), session.metadata().get("note")));
        return notes;
    }

    /** What tells keys from others. */
    static String fingerprint(ServerKeys keys) {
        return HexFormat.of().formatHex(keys.derive("test").getFirst());
    }
}
