package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.RpcException;
import org.junit.jupiter.api.function.Executable;

/** What tests say of results; a failed assertion shows the whole result. */
public final class Results {
    private Results() {}

    /** The call succeeded and its text blocks, joined by line ends, are this. */
    public static void assertText(String expected, ToolResult actual) {
        assertFalse(actual.isError(), () -> "the tool failed: " + actual);
        assertEquals(expected, actual.text());
    }

    /** The call succeeded and its structured content is this JSON. */
    public static void assertStructured(String expectedJson, ToolResult actual) {
        assertFalse(actual.isError(), () -> "the tool failed: " + actual);
        assertEquals(Json.mapper().readTree(expectedJson), actual.structured());
    }

    /** The tool failed, and says so in a text that contains this. */
    public static void assertToolError(String part, ToolResult actual) {
        assertTrue(actual.isError(), () -> "the tool did not fail: " + actual);
        assertTrue(actual.text().contains(part), () -> "\"" + part + "\" is not in: " + actual.text());
    }

    /** The request is refused with this error code. */
    public static RpcException assertRefused(int code, Executable request) {
        RpcException refused = assertThrows(RpcException.class, request);
        assertEquals(code, refused.error().code(), () -> refused.error().toString());
        return refused;
    }
}
