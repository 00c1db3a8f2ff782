package dev.mooring.sample;

import static dev.mooring.testkit.Results.assertRefused;
import static dev.mooring.testkit.Results.assertStructured;
import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.client.McpClient;
import dev.mooring.client.Progress;
import dev.mooring.client.Reference;
import dev.mooring.client.Subscription;
import dev.mooring.client.ToolInfo;
import dev.mooring.model.Change;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplePluginTest {

    @ParameterizedTest
    @EnumSource(Revision.class)
    void list_namesEachTool(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertEquals(List.of("add", "echo", "fail", "sleep", "slow", "toggle"),
                    client.tools().stream().map(ToolInfo::name).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void eachTool_doesWhatItSays(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertText("hello", client.call("echo", Map.of("message", "hello")));
            assertText("{\"sum\":3.5}", client.call("add", Map.of("a", 1, "b", 2.5)));
            assertText("slept 1 ms", client.call("sleep", Map.of("ms", 1)));
            assertToolError("always fails", client.call("fail", Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Revision.class, names = {"V2025_06_18", "V2025_11_25", "V2026_07_28"})
    void add_answersWithStructuredContent(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertStructured("{\"sum\":3.5}", client.call("add", Map.of("a", 1, "b", 2.5)));
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void toggle_changesTheListAndTellsWhoListens(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            Subscription tools = client.listen(Change.Listing.TOOLS);
            assertText("extra is there", client.call("toggle", Map.of()));
            assertEquals(Optional.of(Change.Listing.TOOLS), tools.next());
            assertText("here", client.call("extra", Map.of()));
            assertText("extra is gone", client.call("toggle", Map.of()));
            assertEquals(Optional.of(Change.Listing.TOOLS), tools.next());
            assertRefused(-32602, () -> client.call("extra", Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void slow_reportsEachStep(Revision revision) throws Exception {
        List<Progress> reports = new CopyOnWriteArrayList<>();
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertText("done in 3 steps", client.call("slow", Map.of("seconds", 0.003, "steps", 3), reports::add));
        }
        assertEquals(List.of(1.0, 2.0, 3.0), reports.stream().map(Progress::done).toList());
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void slow_refusesStepsItCannotTake(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertToolError("steps: 0", client.call("slow", Map.of("steps", 0)));
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void unknownTool_isRefused(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertRefused(-32602, () -> client.call("nothing", Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void resource_tellsWhatThereIs(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            String uri = client.resources().getFirst().uri();
            assertEquals("[Text[uri=sample://about, mimeType=text/plain, text=A few tools to call, this resource,"
                    + " and the prompt \"greet\"., meta=null]]", client.read(uri).toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void prompt_greetsInTheToneThatIsAsked(Revision revision) throws Exception {
        try (TestServer server = server(); McpClient client = server.connect(revision)) {
            assertEquals(List.of(PromptMessage.user("Greet Ada like an old friend.")),
                    client.prompt("greet", Map.of("name", "Ada")).messages());
            assertEquals(List.of("FORMAL"),
                    client.complete(Reference.prompt("greet"), "tone", "fo", Map.of()).values());
            assertEquals(List.of(PromptMessage.user("Greet Ada as one greets a king.")),
                    client.prompt("greet", Map.of("name", "Ada", "tone", "FORMAL")).messages());
        }
    }

    private static TestServer server() {
        return TestServer.of(McpServer.named("test", "1").plugin(new SamplePlugin()));
    }
}
