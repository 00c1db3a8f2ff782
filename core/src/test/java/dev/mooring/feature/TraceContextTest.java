package dev.mooring.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

    private static TraceContext of(String parent, String state, String baggage) {
        return TraceContext
                .of(Json.object().put("traceparent", parent).put("tracestate", state).put("baggage", baggage));
    }

    @Test
    void whatTheClientTells_isTakenApart() {
        TraceContext trace = of(PARENT, "rojo=00f067aa0ba902b7,congo=t61", "user=ada");

        assertEquals(new TraceContext(PARENT, "rojo=00f067aa0ba902b7,congo=t61", "user=ada"), trace);
        assertEquals("0af7651916cd43dd8448eb211c80319c", trace.traceId());
        assertEquals("00f067aa0ba902b7", trace.parentId());
        assertTrue(trace.sampled());
        assertFalse(of(PARENT.replace("-01", "-02"), "", "").sampled());
    }

    @Test
    void nothingTold_isEmpty() {
        TraceContext trace = TraceContext.of(Json.object());

        assertEquals(new TraceContext("", "", ""), trace);
        assertEquals("", trace.traceId() + trace.parentId());
        assertFalse(trace.sampled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01-more",
        " 00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
        "cc-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01-a\r\nb",
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-0"})
    void parentOfAnotherFormat_isNone(String parent) {
        assertEquals(new TraceContext("", "", "user=ada"), of(parent, "rojo=1", "user=ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cc-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
        "cc-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01-what-the-future-will-be-like"})
    void parentOfALaterVersion_isTaken(String parent) {
        assertEquals("0af7651916cd43dd8448eb211c80319c", of(parent, "", "").traceId());
    }

    @Test
    void listThatCouldNotBePassedOn_isNone() {
        assertEquals(new TraceContext(PARENT, "", ""), of(PARENT, "a=1\r\nX-Evil: 1", "ü=1"));
        assertEquals(new TraceContext(PARENT, "", ""), of(PARENT, "a".repeat(8_193), ""));
        assertEquals("", TraceContext.of(Json.object().put("baggage", 7)).baggage());
    }
}
