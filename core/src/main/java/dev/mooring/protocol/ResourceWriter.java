package dev.mooring.protocol;

import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceFeature;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.json.Json;
import dev.mooring.model.Annotations;
import dev.mooring.model.ResourceContents;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Resources, their templates and contents as a revision can carry them. */
final class ResourceWriter {
    private final DescriptionWriter descriptions;
    private final ContentWriter content;

    ResourceWriter(DescriptionWriter descriptions, ContentWriter content) {
        this.descriptions = descriptions;
        this.content = content;
    }

    ObjectNode resource(Resource resource) {
        ObjectNode node = described(resource).put("uri", resource.uri());
        resource.size().ifPresent(size -> node.put("size", size));
        return node;
    }

    ObjectNode template(ResourceTemplate template) {
        return described(template).put("uriTemplate", template.uriTemplate());
    }

    private ObjectNode described(ResourceFeature feature) {
        ObjectNode node = descriptions.feature(feature);
        feature.mimeType().ifPresent(mimeType -> node.put("mimeType", mimeType));
        if (!feature.annotations().equals(Annotations.NONE)) {
            node.set("annotations", content.annotations(feature.annotations()));
        }
        return node;
    }

    /** The result of {@code resources/read}. */
    ObjectNode contents(List<ResourceContents> contents) {
        ObjectNode result = Json.object();
        ArrayNode all = result.putArray("contents");
        contents.forEach(one -> all.add(content.contents(one)));
        return result;
    }
}
