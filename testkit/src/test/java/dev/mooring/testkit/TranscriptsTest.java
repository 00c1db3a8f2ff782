package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The recorded conversations hold, and all that the server says in them fits the specification's own schemas. */
class TranscriptsTest {

    @ParameterizedTest
    @CsvSource({"revision-2024-11-05,2024-11-05", "revision-2025-03-26,2025-03-26", "revision-2025-06-18,2025-06-18",
        "revision-2025-11-25,2025-11-25", "unknown-version,2025-11-25", "modern-version-in-handshake,2025-11-25",
        "before-initialize,2025-11-25", "batches,2025-03-26", "modern,2026-07-28", "features-2024-11-05,2024-11-05",
        "features-2025-03-26,2025-03-26", "features-2025-06-18,2025-06-18", "features-2025-11-25,2025-11-25",
        "features-modern,2026-07-28", "asking-2024-11-05,2024-11-05", "asking-2025-03-26,2025-03-26",
        "asking-2025-06-18,2025-06-18", "asking-2025-11-25,2025-11-25", "asking-modern,2026-07-28"})
    void serverSaysWhatIsWritten(String name, String version) throws Exception {
        OfficialSchema schema = new OfficialSchema(Revision.of(version).orElseThrow());

        Heard heard = replay(name);

        assertFalse(heard.messages().isEmpty());
        for (JsonNode message : heard.messages()) {
            schema.check(message, heard.method(message));
        }
    }

    @ParameterizedTest
    @CsvSource("both-eras")
    void serverSaysWhatIsWrittenInBothEras(String name) throws Exception {
        OfficialSchema legacy = new OfficialSchema(Revision.V2024_11_05);
        OfficialSchema modern = new OfficialSchema(Revision.V2026_07_28);

        Heard heard = replay(name);

        for (JsonNode message : heard.messages()) {
            boolean isModern = message.path("result").has("resultType");
            (isModern ? modern : legacy).check(message, heard.method(message));
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

    private static Heard replay(String name) throws Exception {
        Heard heard = new Heard();
        try (TestServer server = serverOf(name)) {
            Transcript.load(TranscriptsTest.class, "/transcripts/" + name + ".transcript")
                    .replay(heard.on(server.wire()));
        }
        return heard;
    }

    private static TestServer serverOf(String name) {
        return switch (name.substring(0, name.indexOf('-') + 1)) {
            case "features-" -> FeatureServer.start();
            case "asking-" -> TestServer.of(McpServer.named("contract", "1").plugin(new AskingFeatures()));
            default -> TranscriptServer.start();
        };
    }
}
