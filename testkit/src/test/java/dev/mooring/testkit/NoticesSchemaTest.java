package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.client.Subscription;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** All that a server says of changes fits the specification's own schema of each revision. */
@Timeout(60)
class NoticesSchemaTest {
    private static final Change[] ALL =
            {Change.Listing.TOOLS, Change.Listing.PROMPTS, Change.Listing.RESOURCES, new Change.Resource("note:1")};

    private final Map<JsonNode, String> methods = new ConcurrentHashMap<>();
    private final List<JsonNode> said = new CopyOnWriteArrayList<>();

    private void asked(byte[] bytes) {
        JsonNode message = Json.mapper().readTree(new String(bytes, StandardCharsets.UTF_8));
        if (message.has("id")) {
            methods.put(message.path("id"), message.path("method").asString(""));
        }
    }

    @EveryRevision
    void everyMessage_fitsTheSchema(Revision revision) throws Exception {
        try (TestServer server = TestServer.of(McpServer.named("test", "1")
                .tool(Tool.named("one").noArguments().text((in, call) -> ""))
                .prompt(Prompt.named("one").noArguments().text((in, call) -> ""))
                .resource(Resource.at("note:1").text(call -> "one")))) {
            TestWire wire = new Overheard(server.wire(), this::asked, said::add);
            McpClient client = McpClient.connect(wire, ClientOptions.DEFAULT.withRevision(revision));
            client.tools();
            Subscription all = client.listen(ALL);
            server.server().catalog().tools().remove("one");
            server.server().catalog().prompts().remove("one");
            server.server().catalog().resources().add(Resource.at("note:2").text(call -> "two"));
            server.server().catalog().resourceUpdated("note:1");
            Set<Change> told = new HashSet<>();
            while (told.size() < ALL.length) {
                told.add(all.next().orElseThrow());
            }
            server.server().drain(Await.LIMIT);
            if (revision.modern()) {
                assertEquals(true, all.next().isEmpty());
            }
            client.close();
        }
        OfficialSchema schema = new OfficialSchema(revision);
        for (JsonNode message : said) {
            schema.check(message, methods.getOrDefault(message.path("id"), ""));
        }
        assertEquals(ALL.length, said.stream().filter(message -> isNotice(message, revision)).count());
    }

    private static boolean isNotice(JsonNode message, Revision revision) {
        String method = message.path("method").asString("");
        boolean named = message.path("params").path("_meta").has("io.modelcontextprotocol/subscriptionId");
        return (method.endsWith("/list_changed") || method.endsWith("/updated")) && named == revision.modern();
    }
}
