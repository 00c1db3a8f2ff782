package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.feature.Completer;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.CacheHint;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.EveryRevision;
import dev.mooring.testkit.StrictClient;
import dev.mooring.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server says it can do, how long that may be kept, and that it is so. */
class CapabilitiesTest {
    private static final List<String> METHODS = List.of("tools/list", "tools/call", "resources/list",
            "resources/templates/list", "resources/read", "prompts/list", "prompts/get", "completion/complete");

    private static Set<String> declared(TestServer server, Revision revision) throws Exception {
        try (Conversation conversation = Conversation.silent(server.wire(), revision)) {
            JsonNode result =
                    revision.modern() ? conversation.result(conversation.request("server/discover", Json.object()))
                            : conversation.handshake();
            return new TreeSet<>(result.path("capabilities").propertyNames());
        }
    }

    @EveryRevision
    void serverWithoutFeatures_hasNoMethodsForThem(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(); StrictClient strict = StrictClient.of(server, revision)) {
            assertEquals(Set.of("logging"), declared(server, revision));
            for (String method : METHODS) {
                assertRefused(-32601, () -> strict.client().request(method, Json.object()));
            }
        }
    }

    @EveryRevision
    void whatIsThere_isDeclared(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(Tool.named("t").noArguments().text((in, call) -> ""))) {
            assertEquals(Set.of("logging", "tools"), declared(server, revision));
            server.server().catalog().resources().add(Resource.at("x:1").text(call -> ""));
            assertEquals(Set.of("logging", "tools", "resources"), declared(server, revision));
            server.server().catalog().prompts().add(Prompt.named("p").noArguments().text((in, call) -> ""));
            assertEquals(Set.of("logging", "tools", "resources", "prompts"), declared(server, revision));
            server.server()
                    .catalog()
                    .prompts()
                    .add(Prompt.named("q")
                            .arguments(PromptArgument.optional("a", ""))
                            .completes("a", Completer.of(List.of()))
                            .text((in, call) -> ""));
            assertEquals(revision.since(Revision.V2025_03_26)
                    ? Set.of("logging", "tools", "resources", "prompts", "completions")
                    : Set.of("logging", "tools", "resources", "prompts"), declared(server, revision));
        }
    }

    @BothEras
    void templateAlone_isAResource(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(McpServer.named("templates", "1")
                .resourceTemplate(ResourceTemplate.of("x:{a}").text((in, call) -> "")));
                StrictClient strict = StrictClient.of(server, revision)) {
            assertEquals(Set.of("logging", "resources"), declared(server, revision));
            assertEquals(List.of(), strict.client().resources());
            assertEquals(1, strict.client().resourceTemplates().size());
        }
    }

    @BothEras
    void featureThatMayCome_isDeclaredBeforeItComes(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(); StrictClient strict = StrictClient.of(server, revision)) {
            server.server().catalog().prompts().offer();

            assertEquals(Set.of("logging", "prompts"), declared(server, revision));
            assertEquals(List.of(), strict.client().prompts());
        }
    }

    @BothEras
    void featureThatWasThere_staysDeclared(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(Tool.named("t").noArguments().text((in, call) -> ""));
                StrictClient strict = StrictClient.of(server, revision)) {
            server.server().catalog().tools().remove("t");

            assertEquals(Set.of("logging", "tools"), declared(server, revision));
            assertEquals(List.of(), strict.client().tools());
        }
    }

    @Test
    void cachingHints_areTheServersOrTheResourcesOwn() throws Exception {
        CacheHints hints = CacheHints.DEFAULT.withTools(hint(1))
                .withResources(hint(2))
                .withResourceTemplates(hint(3))
                .withPrompts(hint(4))
                .withContents(hint(5))
                .withDiscovery(hint(6));
        try (TestServer server = TestServer.of(everyKind().caching(hints));
                StrictClient strict = StrictClient.of(server, Revision.NEWEST)) {
            assertHint(1000, "public", strict, "tools/list", "");
            assertHint(2000, "public", strict, "resources/list", "");
            assertHint(3000, "public", strict, "resources/templates/list", "");
            assertHint(4000, "public", strict, "prompts/list", "");
            assertHint(5000, "public", strict, "resources/read", "x:1");
            assertHint(5000, "public", strict, "resources/read", "y:1");
            assertHint(7000, "private", strict, "resources/read", "x:2");
            assertHint(6000, "public", strict, "server/discover", "");
        }
    }

    @Test
    void withoutHints_listsAreStaleAtOnceAndContentsPrivate() throws Exception {
        try (TestServer server = TestServer.of(everyKind());
                StrictClient strict = StrictClient.of(server, Revision.NEWEST)) {
            for (String list : List.of("tools/list", "resources/list", "resources/templates/list", "prompts/list")) {
                assertHint(0, "public", strict, list, "");
            }
            assertHint(0, "private", strict, "resources/read", "x:1");
            assertHint(60_000, "public", strict, "server/discover", "");
        }
    }

    @Test
    void contentsReadInSeveralRounds_areNotToBeKept() throws Exception {
        try (TestServer server = TestServer.of(everyKind().caching(CacheHints.DEFAULT.withContents(hint(5))));
                StrictClient strict = StrictClient.of(server, Revision.NEWEST)) {
            ObjectNode params = Json.object().put("uri", "x:1");
            params.putObject("inputResponses");
            JsonNode result = strict.client().request("resources/read", params);

            assertEquals(0, result.path("ttlMs").asInt(-1));
            assertEquals("private", result.path("cacheScope").stringValue(""));
        }
    }

    @Test
    void legacyResults_haveNoHints() throws Exception {
        try (TestServer server = TestServer.of(everyKind());
                StrictClient strict = StrictClient.of(server, Revision.NEWEST_LEGACY)) {
            assertEquals(Set.of("tools"), fields(strict.client().request("tools/list", Json.object())));
            assertEquals(Set.of("contents"),
                    fields(strict.client().request("resources/read", Json.object().put("uri", "x:2"))));
        }
    }

    private static Set<String> fields(JsonNode result) {
        return Set.copyOf(result.propertyNames());
    }

    private static CacheHint hint(int seconds) {
        return CacheHint.forAll(Duration.ofSeconds(seconds));
    }

    private static McpServer.Builder everyKind() {
        return McpServer.named("kinds", "1")
                .tool(Tool.named("t").noArguments().text((in, call) -> ""))
                .resource(Resource.at("x:1").text(call -> ""))
                .resource(Resource.at("x:2").caching(CacheHint.forCaller(Duration.ofSeconds(7))).text(call -> ""))
                .resourceTemplate(ResourceTemplate.of("y:{a}").text((in, call) -> ""))
                .prompt(Prompt.named("p").noArguments().text((in, call) -> ""));
    }

    private static void assertHint(int ttlMillis, String scope, StrictClient strict, String method, String uri)
            throws InterruptedException {
        JsonNode result =
                strict.client().request(method, uri.isEmpty() ? Json.object() : Json.object().put("uri", uri));
        assertEquals(ttlMillis, result.path("ttlMs").asInt(-1), method);
        assertEquals(scope, result.path("cacheScope").stringValue(""), method);
    }
}
