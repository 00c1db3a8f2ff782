package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.Annotations;
import dev.mooring.model.Content;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.Revision;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Content as a revision can carry it: what it does not know becomes text that names type and URI, and is never lost. */
final class ContentWriter {
    private final Revision revision;

    ContentWriter(Revision revision) {
        this.revision = revision;
    }

    ObjectNode write(Content content) {
        return switch (content) {
            case Content.Text text ->
                common(Json.object().put("type", "text").put("text", text.text()), text.annotations(), text.meta());
            case Content.Image image ->
                common(data("image", image.data(), image.mimeType()), image.annotations(), image.meta());
            case Content.Audio audio -> revision.since(Revision.V2025_03_26)
                    ? common(data("audio", audio.data(), audio.mimeType()), audio.annotations(), audio.meta())
                    : common(text("[audio " + audio.mimeType() + ", " + bytes(audio.data()) + " bytes]"),
                            audio.annotations(), audio.meta());
            case Content.ResourceLink link -> revision.since(Revision.V2025_06_18) ? link(link)
                    : common(text("[resource link " + link.name() + ": " + link.uri() + "]"), link.annotations(),
                            link.meta());
            case Content.EmbeddedResource resource ->
                common(Json.object().put("type", "resource").set("resource", contents(resource.resource())),
                        resource.annotations(), resource.meta());
        };
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private static ObjectNode data(String type, String data, String mimeType) {
        return Json.object().put("type", type).put("data", data).put("mimeType", mimeType);
    }

    private static long bytes(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() * 3L / 4 - padding;
    }

    private ObjectNode link(Content.ResourceLink link) {
        ObjectNode node = Json.object().put("type", "resource_link").put("uri", link.uri()).put("name", link.name());
        putIfPresent(node, "title", link.title());
        putIfPresent(node, "description", link.description());
        putIfPresent(node, "mimeType", link.mimeType());
        if (link.size() != null) {
            node.put("size", link.size());
        }
        if (!link.icons().isEmpty() && revision.since(Revision.V2025_11_25)) {
            node.set("icons", Json.mapper().valueToTree(link.icons()));
        }
        return common(node, link.annotations(), link.meta());
    }

    ObjectNode contents(ResourceContents contents) {
        ObjectNode node = Json.object().put("uri", contents.uri());
        putIfPresent(node, "mimeType", contents.mimeType());
        ObjectNode meta = switch (contents) {
            case ResourceContents.Text text -> {
                node.put("text", text.text());
                yield text.meta();
            }
            case ResourceContents.Blob blob -> {
                node.put("blob", blob.blob());
                yield blob.meta();
            }
        };
        return withMeta(node, meta);
    }

    private ObjectNode common(ObjectNode node, @Nullable Annotations annotations, @Nullable ObjectNode meta) {
        if (annotations != null) {
            node.set("annotations", annotations(annotations));
        }
        return withMeta(node, meta);
    }

    ObjectNode annotations(Annotations annotations) {
        ObjectNode written = Json.mapper().valueToTree(annotations);
        if (!revision.since(Revision.V2025_06_18)) {
            written.remove("lastModified");
        }
        return written;
    }

    private ObjectNode withMeta(ObjectNode node, @Nullable ObjectNode meta) {
        if (meta != null && revision.since(Revision.V2025_06_18)) {
            node.set("_meta", meta);
        }
        return node;
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
