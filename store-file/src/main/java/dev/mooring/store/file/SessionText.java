package dev.mooring.store.file;

import dev.mooring.auth.Principal;
import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.session.SessionClient;
import dev.mooring.session.StoredSession;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A kept session as JSON text. Members that this version does not know are passed over, because a later one may add some. */
final class SessionText {
    /** The longest text that is written or read, in characters; several times what metadata may take. */
    private static final int LONGEST = 4 << 20;

    private static final JsonMapper MAPPER = Json.mapper(new JsonLimits(LONGEST, 16, LONGEST, LONGEST, 32, 1));

    private static final Logger LOG = LoggerFactory.getLogger(SessionText.class);

    private SessionText() {}

    /** The text of a session; nothing if it is too long. */
    static Optional<String> of(StoredSession session) {
        ObjectNode client = Json.object()
                .put("name", session.client().name())
                .put("version", session.client().version())
                .put("revision", session.client().revision());
        ObjectNode metadata = Json.object();
        session.metadata().forEach(metadata::put);
        ObjectNode all = Json.object()
                .put("number", session.number())
                .put("transport", session.transport())
                .put("address", session.address())
                .put("created", session.created().toString())
                .put("lastActive", session.lastActive().toString())
                .put("ready", session.ready())
                .put("authenticated", session.authenticated())
                .put("occupant", session.occupant());
        all.set("owner", owner(session.owner()));
        all.set("client", client);
        all.set("metadata", metadata);
        String text = all.toString();
        return text.length() <= LONGEST ? Optional.of(text) : Optional.empty();
    }

    private static ObjectNode owner(Principal principal) {
        ArrayNode scopes = Json.array();
        principal.scopes().forEach(scopes::add);
        ObjectNode owner = Json.object().put("issuer", principal.issuer()).put("subject", principal.subject());
        owner.set("scopes", scopes);
        return owner;
    }

    /** Reads a session; nothing if the text is not that of one. */
    static Optional<StoredSession> read(String key, String text) {
        try {
            JsonNode all = MAPPER.readTree(text);
            JsonNode client = all.required("client");
            return Optional.of(new StoredSession(key, all.required("number").longValue(), owner(all.required("owner")),
                    string(all, "transport"), string(all, "address"), Instant.parse(string(all, "created")),
                    Instant.parse(string(all, "lastActive")), all.required("ready").booleanValue(),
                    all.required("authenticated").booleanValue(),
                    new SessionClient(string(client, "name"), string(client, "version"), string(client, "revision")),
                    metadata(all.required("metadata")), string(all, "occupant")));
        } catch (JacksonException | DateTimeException e) {
            LOG.debug("What is kept under {} is not a session", key, e);
            return Optional.empty();
        }
    }

    private static Principal owner(JsonNode owner) {
        Set<String> scopes = new HashSet<>();
        owner.required("scopes").forEach(scope -> scopes.add(scope.stringValue()));
        return new Principal(string(owner, "issuer"), string(owner, "subject"), scopes);
    }

    private static Map<String, String> metadata(JsonNode metadata) {
        Map<String, String> entries = new HashMap<>();
        metadata.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue().stringValue()));
        return entries;
    }

    private static String string(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
