package dev.mooring.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.json.Json;
import dev.mooring.model.SamplingContent.ToolOutcome;
import dev.mooring.model.SamplingContent.ToolUse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Conversations with a model: which of them hang together, and how they travel. */
class SamplingTest {
    private static final SamplingMessage USE = use("a");

    private static SamplingMessage use(String id) {
        return new SamplingMessage(Role.ASSISTANT, List.of(new ToolUse(id, "tool", Json.object(), null)), null);
    }

    private static ToolOutcome outcome(String id) {
        return new ToolOutcome(id, List.of(Content.text("done")), null, null, null);
    }

    @Test
    void useWithItsOutcome_isAConversation() {
        SamplingRequest request = SamplingRequest.of(10, SamplingMessage.user("go"), USE, outcome("a").message(),
                new SamplingMessage(Role.ASSISTANT,
                        List.of(new ToolUse("b", "tool", Json.object(), null),
                                new ToolUse("c", "tool", Json.object(), null)),
                        null),
                SamplingMessage.user(outcome("c"), outcome("b")), SamplingMessage.assistant("so"));

        assertEquals(6, request.messages().size());
    }

    @Test
    void useWithoutItsOutcome_isRefused() {
        for (SamplingMessage next : List.of(SamplingMessage.user("and?"), outcome("b").message(),
                SamplingMessage.user(outcome("a"), Content.text("mixed")),
                SamplingMessage.user(outcome("a"), outcome("b")))) {
            assertThrows(IllegalArgumentException.class, () -> SamplingRequest.of(10, USE, next));
        }
        assertThrows(IllegalArgumentException.class, () -> SamplingRequest.of(10, USE));
        assertThrows(IllegalArgumentException.class, () -> SamplingRequest.of(10, outcome("a").message()));
        assertThrows(IllegalArgumentException.class, () -> SamplingRequest.of("too little", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'role':'assistant','content':{'type':'text','text':'x'},'model':'m'}",
        "{'role':'assistant','content':[{'type':'text','text':'x'}],'model':'m','stopReason':'endTurn','more':1}",
        "{'role':'assistant','content':[{'type':'text','text':'x'},{'type':'image','data':'','mimeType':'image/png'}],'model':'m'}"})
    void resultOfOneBlockOrSeveral_isRead(String json) {
        assertEquals("x", Json.mapper().readValue(json.replace('\'', '"'), SamplingResult.class).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'role':'assistant','content':{'type':'text','text':'x'}}",
        "{'role':'robot','content':{'type':'text','text':'x'},'model':'m'}",
        "{'role':'assistant','content':'x','model':'m'}", "{'role':'assistant','content':{'type':'noise'},'model':'m'}",
        "{'role':'assistant','model':'m'}", "{'role':'assistant','content':{'type':'tool_use','id':'a'},'model':'m'}"})
    void resultOfAnotherShape_isRefused(String json) {
        assertThrows(JacksonException.class,
                () -> Json.mapper().readValue(json.replace('\'', '"'), SamplingResult.class));
    }
}
