package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.model.ResourceContents;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources and templates as their authors write them. */
class ResourceTest {
    enum Shelf {
        LEFT,
        RIGHT
    }

    record Place(Shelf shelf, int number) {}

    private static final ResourceTemplate BOOKS = ResourceTemplate.of("book:{shelf}/{number}")
            .mimeType("text/plain")
            .variables(Place.class)
            .text((in, call) -> in.toString());

    @SuppressWarnings("NullAway") // no handler here looks at its call
    private static List<ResourceContents> read(ResourceTemplate template, String uri) throws Exception {
        return template.read(template.match(uri).orElseThrow(), null);
    }

    @Test
    @SuppressWarnings("NullAway")
    void contents_haveUriAndTypeOfTheirResource() throws Exception {
        ResourceBuilder builder = Resource.at("file:///x").mimeType("text/x");

        assertEquals(List.of(new ResourceContents.Text("file:///x", "text/x", "hello", null)),
                builder.text(call -> "hello").read(null));
        assertEquals(List.of(new ResourceContents.Blob("file:///x", "text/x", "AQI=", null)),
                builder.blob(call -> new byte[]{1, 2}).read(null));
        assertEquals(List.of(), builder.contents(call -> List.of()).read(null));
        assertEquals(
                List.of(new ResourceContents.Text("book:LEFT/3", "text/plain", "Place[shelf=LEFT, number=3]", null)),
                read(BOOKS, "book:LEFT/3"));
    }

    @Test
    void withoutAName_itGoesByItsUri() {
        assertEquals("file:///x", Resource.at("file:///x").text(call -> "").name());
        assertEquals("x", Resource.at("file:///x").named("x").text(call -> "").name());
        assertEquals("book:{shelf}/{number}", BOOKS.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/x", "file:///a b", "x:{id}", "x:"})
    void uriThatIsNone_isRefused(String uri) {
        assertThrows(IllegalArgumentException.class, () -> Resource.at(uri));
    }

    @Test
    void sizeBelowZero_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Resource.at("x:y").size(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"book:LEFT/three", "book:left/3"})
    void variablesThatDoNotFitTheirRecord_areRefused(String uri) {
        assertThrows(InvalidArgumentsException.class, () -> read(BOOKS, uri));
    }

    @Test
    @SuppressWarnings("NullAway") // the completer does not look at its context
    void enumAmongTheVariables_suggestsItsValues() throws Exception {
        @Nullable
        Completer completer = BOOKS.completer("shelf");
        assertTrue(BOOKS.completes());
        assertEquals(List.of("RIGHT"),
                completer.complete(new CompletionRequest("shelf", "ri", Map.of()), null).values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"book:{shelf}", "book:{shelf}/{number}/{page}", "book:{shelf}/{no}"})
    void recordThatHasOtherComponents_isRefused(String template) {
        assertThrows(IllegalArgumentException.class, () -> ResourceTemplate.of(template).variables(Place.class));
    }

    @Test
    void variableThatTheTemplateDoesNotHave_isRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> ResourceTemplate.of("x:{a}").completes("b", Completer.of(List.of())));
        assertThrows(IllegalArgumentException.class, () -> new Variables("x:1", Map.of("a", "1")).get("b"));
    }
}
