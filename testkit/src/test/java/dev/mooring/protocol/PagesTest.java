package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.client.McpClient;
import dev.mooring.client.PromptInfo;
import dev.mooring.client.ResourceInfo;
import dev.mooring.client.ResourceTemplateInfo;
import dev.mooring.client.ToolInfo;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.EveryRevision;
import dev.mooring.testkit.StrictClient;
import dev.mooring.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists that are told page by page. */
class PagesTest {
    private static final List<String> LISTS =
            List.of("tools/list", "resources/list", "resources/templates/list", "prompts/list");

    private final TestServer server = TestServer.of(options().pageSize(3));

    private static McpServer.Builder options() {
        McpServer.Builder options = McpServer.named("pages", "1");
        for (int i = 0; i < 7; i++) {
            options.tool(tool("t" + i));
            options.resource(Resource.at("r:" + i).text(call -> ""));
            options.resourceTemplate(ResourceTemplate.of("x" + i + ":{a}").text((in, call) -> ""));
            options.prompt(Prompt.named("p" + i).noArguments().text((in, call) -> ""));
        }
        return options;
    }

    private static Tool tool(String name) {
        return Tool.named(name).noArguments().text((in, call) -> "");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<String> seven(String before, String after) {
        return IntStream.range(0, 7).mapToObj(i -> before + i + after).toList();
    }

    @EveryRevision
    void everyList_isToldInPagesAndInOrder(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            McpClient client = strict.client();
            assertEquals(seven("t", ""), client.tools().stream().map(ToolInfo::name).toList());
            assertEquals(seven("r:", ""), client.resources().stream().map(ResourceInfo::uri).toList());
            assertEquals(seven("x", ":{a}"),
                    client.resourceTemplates().stream().map(ResourceTemplateInfo::uriTemplate).toList());
            assertEquals(seven("p", ""), client.prompts().stream().map(PromptInfo::name).toList());
            assertEquals(3, client.request("tools/list", Json.object()).path("tools").size());
        }
    }

    @BothEras
    void lastPage_hasNoCursor(Revision revision) throws Exception {
        server.server().catalog().tools().remove("t6");
        try (StrictClient strict = StrictClient.of(server, revision)) {
            JsonNode first = strict.client().request("tools/list", Json.object());
            JsonNode last = strict.client().request("tools/list", next(first));

            assertEquals(3, last.path("tools").size());
            assertTrue(!last.has("nextCursor"), last::toString);
        }
    }

    @BothEras
    void cursor_isGoodWhateverIsAddedOrRemoved(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            List<String> seen = new ArrayList<>();
            JsonNode page = strict.client().request("tools/list", Json.object());
            page.path("tools").forEach(tool -> seen.add(tool.path("name").stringValue("")));
            for (String removed : List.of("t2", "t3")) { // the last one seen, and the first one not
                server.server().catalog().tools().remove(removed);
            }
            server.server().catalog().tools().add(tool("a"));
            server.server().catalog().tools().add(tool("t4a"));
            while (page.has("nextCursor")) {
                page = strict.client().request("tools/list", next(page));
                page.path("tools").forEach(tool -> seen.add(tool.path("name").stringValue("")));
            }

            assertEquals(List.of("t0", "t1", "t2", "t4", "t4a", "t5", "t6"), seen);
        }
    }

    @BothEras
    void cursorThatIsNone_isRefusedByEveryList(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            JsonNode first = strict.client().request("tools/list", Json.object());
            for (String list : LISTS) {
                for (String cursor : List.of("\"\"", "\"x\"", "\"dG9vbHM\"", "\"*\"", "7", "{}", "[\"a\"]")) {
                    ObjectNode params = Json.object();
                    params.set("cursor", Json.mapper().readTree(cursor));
                    assertRefused(-32602, () -> strict.client().request(list, params));
                }
            }
            assertRefused(-32602, () -> strict.client().request("prompts/list", next(first)));
        }
    }

    @BothEras
    void cursorThatIsNull_isNone(Revision revision) throws Exception {
        try (StrictClient strict = StrictClient.of(server, revision)) {
            ObjectNode params = Json.object();
            params.putNull("cursor");
            assertEquals("t0", strict.client().request("tools/list", params).at("/tools/0/name").stringValue(""));
        }
    }

    @Test
    void pageOfNothing_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> McpServer.named("none", "1").pageSize(0).build());
    }

    private static ObjectNode next(JsonNode page) {
        return Json.object().put("cursor", page.path("nextCursor").stringValue());
    }
}
