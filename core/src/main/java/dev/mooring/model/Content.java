package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One block of what a tool or a prompt says. Binary data is Base64 text, as it travels.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#tool-result">Tool result</a>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Content.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Content.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Content.Audio.class, name = "audio"),
    @JsonSubTypes.Type(value = Content.ResourceLink.class, name = "resource_link"),
    @JsonSubTypes.Type(value = Content.EmbeddedResource.class, name = "resource")})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Content {

    static Text text(String text) {
        return new Text(text, null, null);
    }

    static Image image(byte[] data, String mimeType) {
        return new Image(Base64.getEncoder().encodeToString(data), mimeType, null, null);
    }

    static Audio audio(byte[] data, String mimeType) {
        return new Audio(Base64.getEncoder().encodeToString(data), mimeType, null, null);
    }

    static ResourceLink link(String uri, String name) {
        return new ResourceLink(uri, name, null, null, null, null, List.of(), null, null);
    }

    static EmbeddedResource resource(ResourceContents resource) {
        return new EmbeddedResource(resource, null, null);
    }

    /** Plain text. */
    record Text(
            @JsonInclude(JsonInclude.Include.ALWAYS) String text,
            @Nullable Annotations annotations,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements Content, SamplingContent {}

    /** An image, as Base64. */
    record Image(
            @JsonInclude(JsonInclude.Include.ALWAYS) String data,
            String mimeType,
            @Nullable Annotations annotations,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements Content, SamplingContent {}

    /** A sound, as Base64; since 2025-03-26. */
    record Audio(
            @JsonInclude(JsonInclude.Include.ALWAYS) String data,
            String mimeType,
            @Nullable Annotations annotations,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements Content, SamplingContent {}

    /** A resource the client may read later; since 2025-06-18. */
    record ResourceLink(
            String uri,
            String name,
            @Nullable String title,
            @Nullable String description,
            @Nullable String mimeType,
            @Nullable Long size,
            List<Icon> icons,
            @Nullable Annotations annotations,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements Content {
        public ResourceLink {
            icons = icons == null ? List.of() : List.copyOf(icons);
        }
    }

    /** A resource with its contents. */
    record EmbeddedResource(
            ResourceContents resource,
            @Nullable Annotations annotations,
            @JsonProperty("_meta") @Nullable ObjectNode meta) implements Content {}
}
