package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.model.Annotations;
import dev.mooring.model.Content;
import dev.mooring.model.Icon;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.Revision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class ContentWriterTest {
    private static final Annotations ANNOTATIONS = new Annotations(List.of("user"), 1.0, "2026-01-01T00:00:00Z");

    private static ObjectNode meta() {
        return Json.object().put("k", "v");
    }

    @ParameterizedTest
    @CsvSource({"'',0", "AQ==,1", "AQI=,2", "AQID,3", "AQIDBA==,4"})
    void audioInTheFirstRevision_isTextWithTypeAndSize(String data, int bytes) {
        ObjectNode written =
                new ContentWriter(Revision.V2024_11_05).write(new Content.Audio(data, "audio/wav", null, null));

        assertEquals("{\"type\":\"text\",\"text\":\"[audio audio/wav, " + bytes + " bytes]\"}", written.toString());
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void everyKind_isAKindTheRevisionKnows(Revision revision) {
        ContentWriter writer = new ContentWriter(revision);

        assertEquals("text", type(writer, Content.text("")));
        assertEquals("image", type(writer, Content.image(new byte[1], "image/png")));
        assertEquals(revision.since(Revision.V2025_03_26) ? "audio" : "text",
                type(writer, Content.audio(new byte[1], "audio/wav")));
        assertEquals(revision.since(Revision.V2025_06_18) ? "resource_link" : "text",
                type(writer, Content.link("test://uri", "name")));
        assertEquals("resource", type(writer, Content.resource(ResourceContents.text("test://uri", "text/plain", ""))));
    }

    private static String type(ContentWriter writer, Content content) {
        return writer.write(content).path("type").stringValue("");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void linkThatCannotBeCarried_keepsNameAndUri(Revision revision) {
        String written = new ContentWriter(revision).write(Content.link("test://uri", "name")).toString();

        assertTrue(written.contains("test://uri") && written.contains("name"), written);
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void membersTheRevisionDoesNotKnow_areLeftOut(Revision revision) {
        ContentWriter writer = new ContentWriter(revision);
        ObjectNode text = writer.write(new Content.Text("t", ANNOTATIONS, meta()));
        ObjectNode link = writer.write(new Content.ResourceLink("test://u", "n", "t", "d", "m", 1L,
                List.of(new Icon("https://example.org/i")), ANNOTATIONS, meta()));
        ObjectNode blob = writer.write(
                new Content.EmbeddedResource(new ResourceContents.Blob("test://u", null, "", meta()), null, null));

        boolean modern = revision.since(Revision.V2025_06_18);
        assertEquals(modern, text.has("_meta"));
        assertEquals(modern, text.path("annotations").has("lastModified"));
        assertTrue(text.path("annotations").has("priority"));
        assertEquals(modern, blob.path("resource").has("_meta"));
        assertFalse(blob.path("resource").has("mimeType"));
        assertEquals(revision.since(Revision.V2025_11_25), link.has("icons"));
    }
}
