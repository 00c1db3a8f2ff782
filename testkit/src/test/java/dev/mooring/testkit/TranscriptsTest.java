package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The recorded conversations hold, and all that the server says in them fits the specification's own schemas. */
class TranscriptsTest {

    @ParameterizedTest
    @CsvSource({"revision-2024-11-05,2024-11-05", "revision-2025-03-26,2025-03-26", "revision-2025-06-18,2025-06-18",
        "revision-2025-11-25,2025-11-25", "unknown-version,2025-11-25", "modern-version-in-handshake,2025-11-25",
        "before-initialize,2025-11-25", "batches,2025-03-26", "modern,2026-07-28"})
    void serverSaysWhatIsWritten(String name, String version) throws Exception {
        OfficialSchema schema = new OfficialSchema(Revision.of(version).orElseThrow());
        Map<JsonNode, String> methods = new ConcurrentHashMap<>();
        List<JsonNode> answers = new CopyOnWriteArrayList<>();

        replay(name, methods, answers);

        assertFalse(answers.isEmpty());
        for (JsonNode answer : answers) {
            schema.check(answer, methods.getOrDefault(answer.path("id"), ""));
        }
    }

    @ParameterizedTest
    @CsvSource("both-eras")
    void serverSaysWhatIsWrittenInBothEras(String name) throws Exception {
        OfficialSchema legacy = new OfficialSchema(Revision.V2024_11_05);
        OfficialSchema modern = new OfficialSchema(Revision.V2026_07_28);
        Map<JsonNode, String> methods = new ConcurrentHashMap<>();
        List<JsonNode> answers = new CopyOnWriteArrayList<>();

        replay(name, methods, answers);

        for (JsonNode answer : answers) {
            boolean isModern = answer.path("result").has("resultType");
            (isModern ? modern : legacy).check(answer, methods.getOrDefault(answer.path("id"), ""));
        }
    }

    @EveryRevision
    void officialSchema_refusesWhatDoesNotFit(Revision revision) throws Exception {
        OfficialSchema schema = new OfficialSchema(revision);
        JsonNode result = Json.mapper().readTree("""
                {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"nonsense"}],"resultType":"complete"}}""");
        JsonNode notice = Json.mapper().readTree("""
                {"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}}""");

        assertThrows(AssertionError.class, () -> schema.check(result, "tools/call"));
        assertThrows(AssertionError.class, () -> schema.check(notice, ""));
    }

    /** Replays, and notes by their ids which methods were asked for, and what was answered. */
    private static void replay(String name, Map<JsonNode, String> methods, List<JsonNode> answers) throws Exception {
        try (TestServer server = TranscriptServer.start()) {
            TestWire wire = new Overheard(server.wire(), bytes -> {
                for (JsonNode message : messages(Json.mapper().readTree(new String(bytes, StandardCharsets.UTF_8)))) {
                    if (message.has("id") && message.has("method")) {
                        methods.put(message.path("id"), message.path("method").stringValue(""));
                    }
                }
            }, tree -> answers.addAll(messages(tree)));
            Transcript.load(TranscriptsTest.class, "/transcripts/" + name + ".transcript").replay(wire);
        }
    }

    private static List<JsonNode> messages(JsonNode unit) {
        return unit.isArray() ? List.copyOf(unit.valueStream().toList()) : List.of(unit);
    }
}
