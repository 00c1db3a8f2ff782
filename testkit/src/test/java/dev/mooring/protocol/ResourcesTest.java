package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceNotFoundException;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.json.Json;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.Revision;
import dev.mooring.rpc.RpcError;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.EveryRevision;
import dev.mooring.testkit.StrictClient;
import dev.mooring.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Which resource is read under a URI, and what its client gets. */
class ResourcesTest {
    record Book(int number) {}

    private final TestServer server = TestServer.of(McpServer.named("library", "1")
            .resource(Resource.at("note://5").text(call -> "fixed"))
            .resource(Resource.at("gone://1").text(call -> {
                throw new ResourceNotFoundException();
            }))
            .resource(Resource.at("broken://1").text(call -> {
                throw new IllegalStateException("secret");
            }))
            .resource(Resource.at("nothing://1").contents(call -> nothing()))
            .resource(Resource.at("empty://1").contents(call -> List.of()))
            .resourceTemplate(ResourceTemplate.of("note://{+any}").text((in, call) -> "any " + in.get("any")))
            .resourceTemplate(ResourceTemplate.of("note://{id}").text((in, call) -> "id " + in.get("id")))
            .resourceTemplate(ResourceTemplate.of("note://{id}/x").text((in, call) -> "x of " + in.get("id")))
            .resourceTemplate(ResourceTemplate.of("log://{a}/last").text((in, call) -> "last of " + in.get("a")))
            .resourceTemplate(ResourceTemplate.of("log://{b}/{c}").text((in, call) -> "log " + in.get("c")))
            .resourceTemplate(
                    ResourceTemplate.of("book:{number}").variables(Book.class).text((in, call) -> in.toString())));

    @AfterEach
    void close() {
        server.close();
    }

    @SuppressWarnings("NullAway") // a handler that does not keep to its signature
    private static List<ResourceContents> nothing() {
        return null;
    }

    private static String read(StrictClient client, String uri) throws InterruptedException {
        ResourceContents contents = client.client().read(uri).getFirst();
        assertEquals(uri, contents.uri());
        return contents instanceof ResourceContents.Text text ? text.text() : "";
    }

    @EveryRevision
    void uri_isReadByWhatSaysMostAboutIt(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals("fixed", read(client, "note://5"));
            assertEquals("x of 5", read(client, "note://5/x"));
            assertEquals("any 5/y", read(client, "note://5/y"));
            assertEquals("last of 1", read(client, "log://1/last"));
            assertEquals("log 2", read(client, "log://1/2"));
            assertEquals("Book[number=7]", read(client, "book:7"));
        }
    }

    @EveryRevision
    void whatIsNotThere_isToldWithItsUri(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            for (String uri : List.of("other://1", "gone://1", "book:seven", "", "note:// ")) {
                RpcError error =
                        assertRefused(revision.modern() ? -32602 : -32002, () -> client.client().read(uri)).error();
                assertEquals("Resource not found", error.message());
                assertEquals(Json.object().put("uri", uri), error.data());
            }
        }
    }

    @BothEras
    void readerThatBreaks_failsWithoutItsWords(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            for (String uri : List.of("broken://1", "nothing://1")) {
                assertEquals("Resource " + uri + " failed; the server's log says why",
                        assertRefused(-32603, () -> client.client().read(uri)).error().message());
            }
        }
    }

    @BothEras
    void resourceWithoutContents_isNotMissing(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertEquals(List.of(), client.client().read("empty://1"));
        }
    }

    @BothEras
    void requestWithoutUri_isRefused(Revision revision) throws Exception {
        try (StrictClient client = StrictClient.of(server, revision)) {
            assertRefused(-32602, () -> client.client().request("resources/read", Json.object()));
            assertRefused(-32602, () -> client.client().request("resources/read", Json.object().put("uri", 5)));
        }
    }
}
