package dev.mooring.protocol;

import dev.mooring.feature.Feature;
import dev.mooring.json.Json;
import dev.mooring.model.Implementation;
import dev.mooring.model.Revision;
import tools.jackson.databind.node.ObjectNode;

/** What servers and features say of themselves, as a revision can carry it; members it does not know are left out. */
final class DescriptionWriter {
    private final Revision revision;

    DescriptionWriter(Revision revision) {
        this.revision = revision;
    }

    /** The members that features of every kind have. */
    ObjectNode feature(Feature feature) {
        ObjectNode node = Json.object().put("name", feature.name());
        if (!feature.description().isEmpty()) {
            node.put("description", feature.description());
        }
        if (revision.since(Revision.V2025_06_18)) {
            feature.title().ifPresent(title -> node.put("title", title));
            feature.meta().ifPresent(meta -> node.set("_meta", meta));
        }
        if (revision.since(Revision.V2025_11_25) && !feature.icons().isEmpty()) {
            node.set("icons", Json.mapper().valueToTree(feature.icons()));
        }
        return node;
    }

    ObjectNode implementation(Implementation info) {
        ObjectNode node = Json.mapper().valueToTree(info);
        if (!revision.since(Revision.V2025_06_18)) {
            node.remove("title");
        }
        if (!revision.since(Revision.V2025_11_25)) {
            node.remove("description");
            node.remove("websiteUrl");
            node.remove("icons");
        }
        return node;
    }
}
