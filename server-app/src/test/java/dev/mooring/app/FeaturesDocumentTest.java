package dev.mooring.app;

import static dev.mooring.testkit.Results.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.auth.Principal;
import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.client.Reference;
import dev.mooring.feature.Catalog;
import dev.mooring.feature.Default;
import dev.mooring.feature.Description;
import dev.mooring.feature.InvalidArgumentsException;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceNotFoundException;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.model.CacheHint;
import dev.mooring.model.Completion;
import dev.mooring.model.Content;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.Revision;
import dev.mooring.protocol.CacheHints;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java in {@code docs/resources-and-prompts.md}, here to be compiled and run. */
class FeaturesDocumentTest {

    static final class Notes implements Plugin {
        private final Map<String, String> notes = new ConcurrentSkipListMap<>(Map.of("shopping", "Milk, eggs"));

        enum Tone {
            PLAIN,
            FRIENDLY
        }

        record Summary(
                @Description("Which note") String note,
                @Description("How it sounds") @Default("PLAIN") Tone tone) {}

        @Override
        public void contribute(Catalog catalog) {
            catalog.resources().add(index());
            catalog.resourceTemplates().add(note());
            catalog.prompts().add(summarize());
        }

        private Resource index() {
            return Resource.at("notes://index")
                    .named("index")
                    .description("The names of all notes, one a line")
                    .mimeType("text/plain")
                    .text(call -> String.join("\n", notes.keySet()));
        }

        private ResourceTemplate note() {
            return ResourceTemplate.of("note://{name}")
                    .named("note")
                    .mimeType("text/plain")
                    .completes("name", (asked, caller) -> Completion.matching(asked.value(), notes.keySet()))
                    .text((in, call) -> {
                        String text = notes.get(in.get("name"));
                        if (text == null) {
                            throw new ResourceNotFoundException();
                        }
                        return text;
                    });
        }

        private Prompt summarize() {
            return Prompt.named("summarize")
                    .description("Summarizes a note")
                    .arguments(Summary.class)
                    .completes("note", (asked, caller) -> Completion.matching(asked.value(), notes.keySet()))
                    .messages((in, call) -> {
                        String text = notes.get(in.note());
                        if (text == null) {
                            throw new InvalidArgumentsException("note: \"" + in.note() + "\" is not there");
                        }
                        return List.of(PromptMessage.user("Summarize this note in a " + in.tone() + " tone."),
                                PromptMessage.user(Content
                                        .resource(ResourceContents.text("note://" + in.note(), "text/plain", text))));
                    });
        }
    }

    static Resource journal() {
        return Resource.at("notes://journal")
                .visibleTo(caller -> caller.principal().scopes().contains("journal:read"))
                .text(call -> "Only for those who may.");
    }

    static McpServer.Builder patient() {
        return McpServer.named("notes", "1.0")
                .plugin(new Notes())
                .pageSize(50)
                .caching(CacheHints.DEFAULT.withLists(CacheHint.forAll(Duration.ofMinutes(5)))
                        .withContents(CacheHint.forCaller(Duration.ofSeconds(30))));
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void notes_areReadSummarizedAndCompleted(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(patient()); McpClient client = server.connect(revision)) {
            assertEquals("shopping", text(client, "notes://index"));
            assertEquals("Milk, eggs", text(client, "note://shopping"));
            assertRefused(revision.modern() ? -32602 : -32002, () -> client.read("note://other"));
            assertEquals(2, client.prompt("summarize", Map.of("note", "shopping")).messages().size());
            assertRefused(-32602, () -> client.prompt("summarize", Map.of("note", "other")));
            assertEquals(List.of("shopping"),
                    client.complete(Reference.prompt("summarize"), "note", "sh", Map.of()).values());
            assertEquals(List.of("FRIENDLY"),
                    client.complete(Reference.prompt("summarize"), "tone", "f", Map.of()).values());
        }
    }

    @Test
    void journal_isForThoseWhoMay() throws Exception {
        Principal reader = new Principal("issuer", "ada", Set.of("journal:read"));
        try (TestServer server = TestServer.of(patient().resource(journal()));
                McpClient client = server.connect();
                McpClient ada = McpClient.connect(server.transport().connect(reader), ClientOptions.DEFAULT)) {
            assertEquals(1, client.resources().size());
            assertRefused(-32602, () -> client.read("notes://journal"));
            assertEquals("Only for those who may.", text(ada, "notes://journal"));
        }
    }

    @Test
    void document_showsWhatIsCompiledHere() throws IOException {
        ShownCode.check(Path.of("../docs/resources-and-prompts.md"), "FeaturesDocumentTest", 7);
    }

    private static String text(McpClient client, String uri) throws InterruptedException {
        return client.read(uri).getFirst() instanceof ResourceContents.Text text ? text.text() : "";
    }
}
