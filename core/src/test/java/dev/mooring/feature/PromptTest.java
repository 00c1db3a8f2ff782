package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.model.Content;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.PromptMessage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a prompt takes, and what its handler gets of it. */
class PromptTest {
    enum Tone {
        KIND,
        BLUNT
    }

    record Review(
            @Description("The code") String code,
            Optional<String> language,
            @Nullable Integer depth,
            @Default("KIND") Tone tone,
            @Default("true") boolean brief,
            Optional<LocalDate> until,
            @JsonProperty("line-width") Optional<Double> width,
            Optional<List<String>> files) {}

    private static final Prompt REVIEW =
            Prompt.named("review").arguments(Review.class).text((in, call) -> in.toString());

    private static final Prompt RAW = Prompt.named("raw")
            .arguments(PromptArgument.required("code", "The code"), PromptArgument.optional("language", ""))
            .text((in, call) -> in.toString());

    @SuppressWarnings("NullAway") // no handler here looks at its call
    private static String get(Prompt prompt, Map<String, String> arguments) throws Exception {
        PromptMessage message = prompt.get(arguments, null).messages().getFirst();
        return message.content() instanceof Content.Text text ? text.text() : message.toString();
    }

    @Test
    void record_isDescribed() {
        assertEquals(
                List.of(PromptArgument.required("code", "The code"), PromptArgument.optional("language", ""),
                        PromptArgument.optional("depth", ""), PromptArgument.optional("tone", ""),
                        PromptArgument.optional("brief", ""), PromptArgument.optional("until", ""),
                        PromptArgument.optional("line-width", ""), PromptArgument.optional("files", "")),
                REVIEW.arguments());
    }

    @Test
    void texts_becomeWhatTheRecordHolds() throws Exception {
        assertEquals(
                "Review[code=3, language=Optional[true], depth=4, tone=BLUNT, brief=false,"
                        + " until=Optional[2026-01-02], width=Optional[1.5], files=Optional[[a, b]]]",
                get(REVIEW, Map.of("code", "3", "language", "true", "depth", "4", "tone", "BLUNT", "brief", "false",
                        "until", "2026-01-02", "line-width", "1.5", "files", "[\"a\",\"b\"]")));
    }

    @Test
    void whatIsNotGiven_isAbsentOrItsDefault() throws Exception {
        assertEquals(
                "Review[code=, language=Optional.empty, depth=null, tone=KIND, brief=true,"
                        + " until=Optional.empty, width=Optional.empty, files=Optional.empty]",
                get(REVIEW, Map.of("code", "")));
    }

    @Test
    void emptyText_isAbsentWhereItCannotBeAValue() throws Exception {
        assertEquals(
                "Review[code=, language=Optional[], depth=null, tone=KIND, brief=true,"
                        + " until=Optional.empty, width=Optional.empty, files=Optional.empty]",
                get(REVIEW, Map.of("code", "", "language", "", "depth", "", "tone", "", "brief", "", "until", "",
                        "line-width", "", "files", "")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"depth|four|/depth", "depth|4.5|/depth", "depth|04|/depth", "depth|[4]|/depth",
        "tone|kind|/tone", "brief|yes|/brief", "until|tomorrow|/until", "line-width|1e999|/line-width",
        "files|a|/files", "files|[1]|/files", "other|x|other"})
    void textThatDoesNotFit_isRefusedByName(String name, String text, String named) {
        InvalidArgumentsException refused =
                assertThrows(InvalidArgumentsException.class, () -> get(REVIEW, Map.of("code", "", name, text)));
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused::getMessage);
    }

    record Pages(int count) {}

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "\"3\"", "3 4"})
    void textThatIsNoNumber_isRefusedWhereOneIsRequired(String text) {
        Prompt prompt = Prompt.named("p").arguments(Pages.class).text((in, call) -> in.toString());
        assertThrows(InvalidArgumentsException.class, () -> get(prompt, Map.of("count", text)));
    }

    @Test
    void requiredArgumentThatIsMissing_isRefused() {
        assertThrows(InvalidArgumentsException.class, () -> get(REVIEW, Map.of()));
        assertThrows(InvalidArgumentsException.class, () -> get(RAW, Map.of("language", "x")));
    }

    @Test
    void argumentsWithoutARecord_areGivenAsTheyAre() throws Exception {
        assertEquals("{code=3}", get(RAW, Map.of("code", "3")));
        assertThrows(InvalidArgumentsException.class, () -> get(RAW, Map.of("code", "3", "other", "")));
    }

    @Test
    void enum_suggestsItsValues() throws Exception {
        assertTrue(REVIEW.completes());
        assertEquals(List.of("BLUNT"), suggested(REVIEW.completer("tone"), "b"));
        assertEquals(null, REVIEW.completer("code"));
        assertFalse(RAW.completes());
    }

    @SuppressWarnings("NullAway") // the completer does not look at its context
    private static List<String> suggested(@Nullable Completer completer, String value) throws Exception {
        return completer.complete(new CompletionRequest("a", value, Map.of()), null).values();
    }

    @Test
    void completerOfAnUnknownArgument_isRefused() {
        Completer none = Completer.of(List.of());
        assertThrows(IllegalArgumentException.class,
                () -> Prompt.named("p").arguments(Review.class).completes("width", none));
        assertThrows(IllegalArgumentException.class, () -> Prompt.named("p").noArguments().completes("a", none));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void nameThatIsBlank_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Prompt.named(name));
    }

    @Test
    void argumentNamedTwice_isRefused() {
        PromptArgument a = PromptArgument.required("a", "");
        assertThrows(IllegalArgumentException.class, () -> Prompt.named("p").arguments(a, a));
    }
}
