package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertRefused;
import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.client.McpClient;
import dev.mooring.client.PromptInfo;
import dev.mooring.client.Reference;
import dev.mooring.client.ResourceInfo;
import dev.mooring.client.ResourceTemplateInfo;
import dev.mooring.client.ToolInfo;
import dev.mooring.feature.Completer;
import dev.mooring.feature.Context;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.PromptBuilder;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.CacheHint;
import dev.mooring.model.Change;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.Revision;
import dev.mooring.rpc.RpcError;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.EveryRevision;
import dev.mooring.testkit.StrictClient;
import dev.mooring.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Features that exist for some callers only. */
class VisibilityTest {
    private static final Principal ADMIN = new Principal("issuer", "ada", Set.of("admin"));
    private static final Principal GUEST = new Principal("issuer", "bob", Set.of("guest"));

    private final TestServer server = TestServer.of(McpServer.named("visibility", "1")
            .pageSize(1)
            .caching(CacheHints.DEFAULT.withLists(CacheHint.forAll(Duration.ofMinutes(1)))
                    .withContents(CacheHint.forAll(Duration.ofMinutes(1))))
            .tool(Tool.named("all").noArguments().text((in, call) -> "for all"))
            .tool(Tool.named("some").visibleTo(VisibilityTest::isAdmin).noArguments().text((in, call) -> "for some"))
            .resource(Resource.at("note://1").visibleTo(VisibilityTest::isAdmin).text(call -> "for some"))
            .resource(Resource.at("note://2").text(call -> "for all"))
            .resourceTemplate(ResourceTemplate.of("note://{id}").text((in, call) -> "template"))
            .resourceTemplate(ResourceTemplate.of("secret://{id}")
                    .visibleTo(VisibilityTest::isAdmin)
                    .completes("id", Completer.of(List.of("5")))
                    .text((in, call) -> "secret"))
            .prompt(completing(Prompt.named("all")))
            .prompt(completing(Prompt.named("some").visibleTo(VisibilityTest::isAdmin))));

    private static boolean isAdmin(Context caller) {
        return caller.principal().scopes().contains("admin");
    }

    private static Prompt completing(PromptBuilder builder) {
        return builder.arguments(PromptArgument.optional("a", ""))
                .completes("a", Completer.of(List.of("b")))
                .text((in, call) -> "hello");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @EveryRevision
    void callerWhoSeesAll_hasAll(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision, ADMIN)) {
            McpClient client = strict.client();
            assertEquals(List.of("all", "some"), client.tools().stream().map(ToolInfo::name).toList());
            assertEquals(List.of("note://1", "note://2"), client.resources().stream().map(ResourceInfo::uri).toList());
            assertEquals(2, client.resourceTemplates().size());
            assertEquals(2, client.prompts().size());
            assertText("for some", client.call("some", Map.of()));
            assertEquals("for some", text(client, "note://1"));
            assertEquals("secret", text(client, "secret://1"));
            assertEquals(1, client.prompt("some", Map.of()).messages().size());
            assertEquals(List.of("b"), client.complete(Reference.prompt("some"), "a", "", Map.of()).values());
        }
    }

    @EveryRevision
    void whatACallerDoesNotSee_isInNoList(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision, GUEST)) {
            McpClient client = strict.client();
            assertEquals(List.of("all"), client.tools().stream().map(ToolInfo::name).toList());
            assertEquals(List.of("note://2"), client.resources().stream().map(ResourceInfo::uri).toList());
            assertEquals(List.of("note://{id}"),
                    client.resourceTemplates().stream().map(ResourceTemplateInfo::uriTemplate).toList());
            assertEquals(List.of("all"), client.prompts().stream().map(PromptInfo::name).toList());
        }
    }

    @EveryRevision
    void whatACallerDoesNotSee_isRefusedLikeWhatIsNotThere(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision, GUEST)) {
            McpClient client = strict.client();
            Reference template = Reference.resourceTemplate("secret://{id}");
            assertEquals(RpcError.invalidParams("Unknown tool: some"),
                    assertRefused(-32602, () -> client.call("some", Map.of("not", "its arguments"))).error());
            assertEquals(RpcError.invalidParams("Unknown prompt: some"),
                    assertRefused(-32602, () -> client.prompt("some", Map.of("x", ""))).error());
            assertEquals(RpcError.invalidParams("Unknown prompt: some"),
                    assertRefused(-32602, () -> client.complete(Reference.prompt("some"), "x", "", Map.of())).error());
            assertEquals(RpcError.invalidParams("Unknown resource template: secret://{id}"),
                    assertRefused(-32602, () -> client.complete(template, "id", "", Map.of())).error());
            assertRefused(revision.modern() ? -32602 : -32002, () -> client.read("secret://1"));
            assertEquals("template", text(client, "note://1"));
        }
    }

    @Test
    void listThatIsNotTheSameForAll_isPrivateOnEveryPage() throws Exception {
        try (StrictClient strict = StrictClient.of(server, Revision.NEWEST, ADMIN)) {
            for (String list : List.of("tools/list", "resources/list", "resources/templates/list", "prompts/list")) {
                JsonNode first = strict.client().request(list, Json.object());
                JsonNode second = strict.client()
                        .request(list, Json.object().put("cursor", first.path("nextCursor").stringValue()));
                for (JsonNode page : List.of(first, second)) {
                    assertEquals("private", page.path("cacheScope").stringValue(""));
                    assertEquals(60_000, page.path("ttlMs").asInt(0));
                }
            }
        }
    }

    @Test
    void contentsThatAreNotForAll_arePrivate() throws Exception {
        try (StrictClient strict = StrictClient.of(server, Revision.NEWEST, ADMIN)) {
            for (String uri : List.of("note://1", "secret://1")) {
                strict.client().read(uri);
                assertEquals("private", strict.last().at("/result/cacheScope").stringValue(""));
            }
            strict.client().read("note://2");
            assertEquals("public", strict.last().at("/result/cacheScope").stringValue(""));
        }
    }

    @BothEras
    void policy_decidesAboutAllFeaturesOfAKind(Revision revision) throws Exception {
        List<Change> changes = new CopyOnWriteArrayList<>();
        server.server().catalog().listen(changes::add);
        server.server().catalog().tools().visibleTo((tool, caller) -> tool.name().equals("some"));
        try (StrictClient admin = StrictClient.of(server, revision, ADMIN);
                StrictClient guest = StrictClient.of(server, revision, GUEST)) {
            assertEquals(List.of("some"), admin.client().tools().stream().map(ToolInfo::name).toList());
            assertEquals(List.of(), guest.client().tools());
            assertRefused(-32602, () -> guest.client().call("all", Map.of()));
            assertEquals(List.of(Change.Listing.TOOLS), changes);
        }
    }

    @BothEras
    void featureWhoseAudienceCannotBeTold_staysHidden(Revision revision) throws Exception {
        server.server().catalog().tools().add(Tool.named("broken").visibleTo(caller -> {
            throw new IllegalStateException("secret");
        }).noArguments().text((in, call) -> ""));
        try (StrictClient strict = StrictClient.of(server, revision, ADMIN)) {
            assertEquals(List.of("all", "some"), strict.client().tools().stream().map(ToolInfo::name).toList());
            assertEquals("Unknown tool: broken",
                    assertRefused(-32602, () -> strict.client().call("broken", Map.of())).error().message());
        }
    }

    @BothEras
    void audience_isAskedOnAThreadThatMayBlockAndSeesTheCaller(Revision revision) throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        server.server().catalog().tools().add(Tool.named("seen").visibleTo(caller -> {
            seen.set(Thread.currentThread().isVirtual() + " " + caller.client().revision() + " "
                    + caller.client().info().orElseThrow().name() + " " + caller.session().isPresent());
            return true;
        }).noArguments().text((in, call) -> ""));
        String expected = "true " + revision + " mooring-client " + !revision.modern();
        try (StrictClient strict = StrictClient.of(server, revision, ADMIN)) {
            strict.client().tools();
            assertEquals(expected, seen.getAndSet(""));
            strict.client().call("seen", Map.of());
            assertEquals(expected, seen.get());
        }
    }

    @Test
    void onceNothingIsHidden_listsAreForAllAgain() throws Exception {
        server.server().catalog().tools().remove("some");
        try (StrictClient strict = StrictClient.of(server, Revision.NEWEST, GUEST)) {
            strict.client().tools();
            assertEquals("public", strict.last().at("/result/cacheScope").stringValue(""));
            assertFalse(server.server().catalog().tools().restricted());
            assertTrue(server.server().catalog().prompts().restricted());
        }
    }

    @BothEras
    void restrictedTool_failsLikeAnyOther(Revision revision) throws Exception {
        server.server()
                .catalog()
                .tools()
                .add(Tool.named("asks")
                        .visibleTo(caller -> true)
                        .noArguments()
                        .text((in, call) -> call.roots("roots").toString()));
        try (StrictClient strict = StrictClient.of(server, revision, ADMIN)) {
            if (revision.modern()) {
                assertRefused(-32021, () -> strict.client().call("asks", Map.of()));
            } else {
                assertToolError("roots", strict.client().call("asks", Map.of()));
            }
            assertToolError("", strict.client().call("asks", Map.of("unknown", 1)));
        }
    }

    private static String text(McpClient client, String uri) throws InterruptedException {
        return client.read(uri).getFirst() instanceof ResourceContents.Text text ? text.text() : "";
    }
}
