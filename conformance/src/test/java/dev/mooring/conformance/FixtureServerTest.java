package dev.mooring.conformance;

import static dev.mooring.testkit.Results.assertRefused;
import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.FormRequest;
import dev.mooring.client.McpClient;
import dev.mooring.client.Progress;
import dev.mooring.client.Reference;
import dev.mooring.client.ResourceInfo;
import dev.mooring.client.ResourceTemplateInfo;
import dev.mooring.client.Responders;
import dev.mooring.client.Subscription;
import dev.mooring.client.ToolInfo;
import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.model.Content;
import dev.mooring.model.Elicited;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.Revision;
import dev.mooring.model.SamplingResult;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcException;
import dev.mooring.testkit.TestServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the suite asks of the tools, without the suite and without HTTP. */
class FixtureServerTest {
    private static final List<String> LOGGED =
            List.of("Tool execution started", "Tool processing data", "Tool execution completed");

    private final TestServer server = TestServer.of(FixtureServer.features());
    private final List<Message.Notification> notices = Collections.synchronizedList(new ArrayList<>());

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ParameterizedTest
    @EnumSource(names = {"V2025_11_25", "V2026_07_28"})
    private @interface InBothEras {}

    @AfterEach
    void close() {
        server.close();
    }

    @InBothEras
    void list_isSortedAndEveryToolIsDescribed(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            List<ToolInfo> tools = client.tools();

            assertEquals(tools.stream().map(ToolInfo::name).sorted().toList(),
                    tools.stream().map(ToolInfo::name).toList());
            assertTrue(tools.stream().noneMatch(tool -> tool.description().isBlank()), tools.toString());
        }
    }

    @InBothEras
    void firstTool_succeedsWithoutArguments(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            assertFalse(call(client, client.tools().getFirst().name()).isError());
        }
    }

    @InBothEras
    void simpleText_needsNoArgumentsMember(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            JsonNode result = client.request("tools/call", Json.object().put("name", "test_simple_text"));

            assertEquals("This is a simple text response for testing.", result.at("/content/0/text").stringValue());
        }
    }

    @InBothEras
    void imageContent_isPng(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            assertEquals(List.of(Content.image(Samples.png(), "image/png")),
                    call(client, "test_image_content").content());
        }
    }

    @InBothEras
    void audioContent_isWav(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            assertEquals(List.of(Content.audio(Samples.wav(), "audio/wav")),
                    call(client, "test_audio_content").content());
        }
    }

    @InBothEras
    void embeddedResource_isText(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            Content expected = Content.resource(ResourceContents.text("test://embedded-resource", "text/plain",
                    "This is an embedded resource content."));

            assertEquals(List.of(expected), call(client, "test_embedded_resource").content());
        }
    }

    @InBothEras
    void multipleContentTypes_comeInOrder(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            Content resource = Content.resource(ResourceContents.text("test://mixed-content-resource",
                    "application/json", "{\"test\":\"data\",\"value\":123}"));

            assertEquals(List.of(Content.text("Multiple content types test:"),
                    Content.image(Samples.png(), "image/png"), resource),
                    call(client, "test_multiple_content_types").content());
        }
    }

    @InBothEras
    void errorHandling_isAResultThatSaysSo(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            assertToolError("This tool intentionally returns an error for testing",
                    call(client, "test_error_handling"));
        }
    }

    @InBothEras
    void progress_isToldInThreeStepsBeforeTheResult(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            List<Progress> told = Collections.synchronizedList(new ArrayList<>());

            ToolResult result = client.call("test_tool_with_progress", Map.of(), told::add);

            assertFalse(result.isError());
            assertEquals(List.of(new Progress(0, 100, ""), new Progress(50, 100, ""), new Progress(100, 100, "")),
                    told);
        }
    }

    @InBothEras
    void progressToken_isEchoedWithItsType(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            ObjectNode params = Json.object().put("name", "test_tool_with_progress");
            params.putObject("_meta").put("progressToken", "progress-test-1");

            client.request("tools/call", params);

            assertEquals(Collections.nCopies(3, "progress-test-1"), told("progressToken"));
        }
    }

    @Test
    void legacyClient_hearsWhatTheToolLogs() throws InterruptedException {
        try (McpClient client = connect(Revision.NEWEST_LEGACY)) {
            client.request("logging/setLevel", Json.object().put("level", "debug"));

            assertText("Logged three messages.", call(client, "test_tool_with_logging"));

            assertEquals(LOGGED, told("data"));
            assertEquals(Collections.nCopies(3, "info"), told("level"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_tool_with_logging", "test_logging_tool"})
    void modernClientThatDoesNotAsk_hearsNothingOfWhatTheToolLogs(String tool) throws InterruptedException {
        try (McpClient client = connect(Revision.NEWEST)) {
            assertFalse(call(client, tool).isError());

            assertEquals(List.of(), notices);
        }
    }

    @Test
    void modernClientThatAsks_hearsWhatTheToolLogs() throws InterruptedException {
        try (McpClient client = connect(Revision.NEWEST)) {
            ObjectNode params = Json.object().put("name", "test_tool_with_logging");
            params.putObject("_meta").put("io.modelcontextprotocol/logLevel", "info");

            client.request("tools/call", params);

            assertEquals(LOGGED, told("data"));
        }
    }

    @InBothEras
    void schema_reachesTheClientAsItIs(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            ToolInfo tool = client.tools()
                    .stream()
                    .filter(each -> each.name().equals("json_schema_2020_12_tool"))
                    .findAny()
                    .orElseThrow();

            assertEquals(Json.mapper().readTree(SchemaTools.CONTACT), tool.inputSchema());
        }
    }

    @InBothEras
    void schema_isEnforced(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            Map<String, String> contact = Map.of("contactMethod", "phone");

            assertToolError("phone", client.call("json_schema_2020_12_tool", contact));
            assertText("Contact: {\"phone\":\"1\",\"contactMethod\":\"phone\"}", client.call("json_schema_2020_12_tool",
                    Json.object().put("phone", "1").put("contactMethod", "phone")));
        }
    }

    @InBothEras
    void mirroredParameter_needsNoFieldWhereThereAreNone(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            ToolInfo tool = client.tools()
                    .stream()
                    .filter(each -> each.name().equals("test_x_mcp_header"))
                    .findAny()
                    .orElseThrow();

            assertEquals("Region", tool.inputSchema().at("/properties/region/x-mcp-header").stringValue());
            assertEquals("string", tool.inputSchema().at("/properties/region/type").stringValue());
            assertText("Region: eu", client.call("test_x_mcp_header", Map.of("region", "eu")));
        }
    }

    @InBothEras
    void resources_areListedAndRead(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            assertEquals(List.of("test://static-binary", "test://static-text", "test://watched-resource"),
                    client.resources().stream().map(ResourceInfo::uri).toList());
            assertEquals(List.of("test://template/{id}/data"),
                    client.resourceTemplates().stream().map(ResourceTemplateInfo::uriTemplate).toList());
            assertEquals(List.of(ResourceContents.blob("test://static-binary", "image/png", Samples.png())),
                    client.read("test://static-binary"));
            assertTrue(client.read("test://template/123/data").toString().contains("\"id\":\"123\""));
        }
    }

    @InBothEras
    void resourceThatIsNotThere_isAnErrorThatNamesIt(Revision revision) throws InterruptedException {
        String uri = "test://nonexistent-resource-for-conformance-testing";
        try (McpClient client = connect(revision)) {
            RpcException refused = assertRefused(revision.modern() ? -32602 : -32002, () -> client.read(uri));

            assertEquals(Json.object().put("uri", uri), refused.error().data());
        }
    }

    @InBothEras
    void prompts_areDescribedAndFilledIn(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            assertTrue(client.prompts().stream().noneMatch(prompt -> prompt.description().isBlank()));
            assertEquals(1, client.prompt("test_simple_prompt", Map.of()).messages().size());
            assertEquals(List.of(PromptMessage.user("Prompt with arguments: arg1='a', arg2='b'")),
                    client.prompt("test_prompt_with_arguments", Map.of("arg1", "a", "arg2", "b")).messages());
            assertEquals(List.of("test one", "test two"),
                    client.complete(Reference.prompt("test_prompt_with_arguments"), "arg1", "test", Map.of()).values());
        }
    }

    @InBothEras
    void triggers_areToldToWhoListens(Revision revision) throws InterruptedException {
        try (McpClient client = connect(revision)) {
            client.tools();
            Subscription lists = client.listen(Change.Listing.TOOLS, Change.Listing.PROMPTS);
            call(client, "test_trigger_tool_change");
            assertEquals(Optional.of(Change.Listing.TOOLS), lists.next());
            call(client, "test_trigger_prompt_change");
            assertEquals(Optional.of(Change.Listing.PROMPTS), lists.next());
        }
    }

    @InBothEras
    void defaults_areWhatTheUserSees(Revision revision) throws InterruptedException {
        List<FormRequest> forms = new ArrayList<>();
        Responders user = Responders.NONE.withForms(form -> {
            forms.add(form);
            return new Elicited.Accepted<>(Json.object());
        });
        try (McpClient client = connect(revision, user)) {
            assertText(
                    "User response: action=accept, content="
                            + "Defaults[name=John Doe, age=30, score=95.5, status=ACTIVE, verified=true]",
                    call(client, "test_elicitation_sep1034_defaults"));
        }
        JsonNode fields = forms.getFirst().schema().path("properties");
        assertEquals(List.of("\"John Doe\"", "30", "95.5", "\"active\"", "true"),
                fields.valueStream().map(field -> field.get("default").toString()).toList());
    }

    @InBothEras
    void clientWithAModelOnly_isAskedForThatOnly(Revision revision) throws InterruptedException {
        Responders model = Responders.NONE.withSampling(request -> SamplingResult.text("test", "hello"));
        try (McpClient client = connect(revision, model)) {
            ToolResult result = call(client, "test_input_required_result_capabilities");

            assertTrue(result.text().contains("hello"), result.text());
            assertFalse(call(client, "test_missing_capability").isError());
        }
    }

    private McpClient connect(Revision revision) throws InterruptedException {
        return connect(revision, Responders.NONE);
    }

    private McpClient connect(Revision revision, Responders responders) throws InterruptedException {
        return server.connect(
                ClientOptions.DEFAULT.withRevision(revision).withResponders(responders).withNotices(notices::add));
    }

    private static ToolResult call(McpClient client, String tool) throws InterruptedException {
        return client.call(tool, Map.of());
    }

    /** What each notice says under that name. */
    private List<String> told(String member) {
        return notices.stream()
                .map(notice -> Objects.requireNonNull(notice.params()).path(member).stringValue(""))
                .toList();
    }
}
