package dev.mooring.protocol;

import dev.mooring.feature.Client;
import dev.mooring.json.Json;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Revision;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a legacy client outlives the process: what it said in {@code initialize}, and what it asked for since. */
record LegacyRecord(Client client, LogLevel logLevel, Set<String> resources) {

    /** As text that a store keeps. */
    String text() {
        Revision revision = client.revision();
        ObjectNode kept = Json.object().put("revision", revision.version()).put("logLevel", logLevel.wire());
        client.info().ifPresent(info -> kept.set("clientInfo", Json.mapper().valueToTree(info)));
        kept.set("capabilities", client.capabilities());
        if (!resources.isEmpty()) {
            resources.forEach(kept.putArray("resources")::add);
        }
        return kept.toString();
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException if it is not what was kept
     */
    static LegacyRecord of(String text) {
        try {
            JsonNode kept = Json.mapper().readTree(text);
            Revision revision = Revision.of(kept.path("revision").asString(""))
                    .filter(known -> !known.modern())
                    .orElseThrow(() -> new IllegalArgumentException("A kept session names no revision with sessions: "
                            + kept.path("revision") + " (expected: one before 2026-07-28)"));
            Client client = ClientReader.read(kept.get("clientInfo"), kept.get("capabilities"), revision);
            LogLevel level = LogLevel.of(kept.path("logLevel").asString("")).orElse(LogLevel.INFO);
            Set<String> resources = new LinkedHashSet<>();
            kept.path("resources").forEach(uri -> resources.add(uri.asString()));
            return new LegacyRecord(client, level, resources);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A kept session cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
