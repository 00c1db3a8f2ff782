package dev.mooring.protocol;

import dev.mooring.feature.Client;
import dev.mooring.json.Json;
import dev.mooring.model.Implementation;
import dev.mooring.model.Revision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a client says of itself; what is missing or misshapen is left out, because nothing depends on it. */
final class ClientReader {
    private ClientReader() {}

    static Client read(@Nullable JsonNode info, @Nullable JsonNode capabilities, Revision revision) {
        ObjectNode can = capabilities instanceof ObjectNode object ? object : Json.object();
        return new Client(implementation(info), can, revision);
    }

    private static Optional<Implementation> implementation(@Nullable JsonNode info) {
        if (info == null || !info.path("name").isString()) {
            return Optional.empty();
        }
        return Optional.of(new Implementation(info.path("name").stringValue(), info.path("version").stringValue(""),
                text(info, "title"), text(info, "description"), text(info, "websiteUrl"), List.of()));
    }

    private static @Nullable String text(JsonNode info, String name) {
        return info.path(name).stringValueOpt().orElse(null);
    }
}
