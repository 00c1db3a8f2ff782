package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.json.Json;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Forms are within what clients can make of them, and come out as their records. */
class FormTest {

    enum Color {
        @Title("Deep red")
        RED,
        @JsonProperty("grün")
        GREEN
    }

    enum Plain {
        A,
        B
    }

    record Kinds(
            boolean yes,
            Optional<Integer> whole,
            OptionalInt other,
            @Nullable Double part,
            @Title("A title") @Description("A description") Plain plain,
            @Default("RED") Color color,
            List<Color> colors,
            Optional<List<Plain>> plains,
            @JsonProperty("re-named") String named,
            URI link,
            Instant instant,
            Optional<OffsetDateTime> time) {}

    record Texts(List<String> texts) {}

    record Inner(String text) {}

    record Nested(Inner inner) {}

    record Mapped(Map<String, String> map) {}

    record Nothing() {}

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void record_isAFlatFormOfItsComponents() {
        assertEquals(json("""
                {'type':'object','properties':{'yes':{'type':'boolean'},'whole':{'type':'integer'},
                'other':{'type':'integer'},'part':{'type':'number'},
                'plain':{'type':'string','title':'A title','description':'A description','enum':['A','B']},
                'color':{'type':'string','oneOf':[{'const':'RED','title':'Deep red'},{'const':'grün','title':'grün'}],
                'default':'RED'},
                'colors':{'type':'array','items':{'anyOf':[{'const':'RED','title':'Deep red'},
                {'const':'grün','title':'grün'}]}},
                'plains':{'type':'array','items':{'type':'string','enum':['A','B']}},
                're-named':{'type':'string'},'link':{'type':'string','format':'uri'},
                'instant':{'type':'string','format':'date-time'},'time':{'type':'string','format':'date-time'}},
                'required':['yes','plain','colors','re-named','link','instant']}"""), Form.of(Kinds.class).schema());
        assertSame(Form.of(Kinds.class), Form.of(Kinds.class));
        assertEquals(json("{'type':'object','properties':{}}"), Form.of(Nothing.class).schema());
    }

    @Test
    void content_comesOutAsTheRecord() {
        Kinds read = Form.of(Kinds.class).read(json("""
                {'yes':true,'plain':'B','colors':['grün','RED'],'re-named':'x','link':'https://example.org/',
                'instant':'2026-01-02T03:04:05Z','whole':null,'unknown':{}}"""));

        assertEquals(new Kinds(true, Optional.empty(), OptionalInt.empty(), null, Plain.B, Color.RED,
                List.of(Color.GREEN, Color.RED), Optional.empty(), "x", URI.create("https://example.org/"),
                Instant.parse("2026-01-02T03:04:05Z"), Optional.empty()), read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'text':7}", "{'text':null}"})
    void contentThatDoesNotFit_isRefused(String content) {
        assertThrows(IllegalArgumentException.class, () -> Form.of(Inner.class).read(json(content)));
    }

    @ParameterizedTest
    @ValueSource(classes = {Texts.class, Nested.class, Mapped.class})
    void componentNoClientCouldAskFor_isRefused(Class<? extends Record> type) {
        String message = assertThrows(IllegalArgumentException.class, () -> Form.of(type)).getMessage();

        assertTrue(String.valueOf(message)
                .contains("expected: a string, number, integer, boolean, or an array of choices"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'type':'string'}", "{'type':'object'}", "{'type':'object','properties':[]}",
        "{'type':'object','properties':{'x':{}}}", "{'type':'object','properties':{'x':{'type':'object'}}}",
        "{'type':'object','properties':{'x':{'type':'array','items':{'type':'string'}}}}",
        "{'type':'object','properties':{'x':{'type':['string','null']}}}", "{'type':'object','properties':{'x':true}}"})
    void schemaOutsideOfForms_isRefused(String schema) {
        assertThrows(IllegalArgumentException.class, () -> Form.of(json(schema)));
    }
}
