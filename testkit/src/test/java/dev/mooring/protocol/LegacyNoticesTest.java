package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.MemoryStore;
import dev.mooring.transport.Answer.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What legacy clients are told of changes, on which stream, and what becomes of it while they have none. */
class LegacyNoticesTest {
    private static final String NEWEST = "2025-11-25";
    private static final String TOOLS = "tools";
    private static final String RESOURCES = "resources";

    private final FakeClock clock = new FakeClock();
    private final Told told = new Told();
    private final MemoryStore store = new MemoryStore();
    private HttpLike http = new HttpLike();
    private McpServer server = start(SubscriptionLimits.DEFAULT, EventLimits.DEFAULT);

    private McpServer start(SubscriptionLimits limits, EventLimits events) {
        return McpServer.named("test", "1")
                .tool(told.tool())
                .resourceTemplate(ResourceTemplate.of("note:{id}").text((in, call) -> in.get("id")))
                .resource(Resource.at("secret:1").visibleTo(caller -> false).text(call -> "hidden"))
                .time(clock)
                .subscriptions(limits)
                .events(events)
                .transport(http)
                .store(store, Duration.ZERO)
                .start();
    }

    private void restart(SubscriptionLimits limits, EventLimits events) {
        server.close();
        http = new HttpLike();
        server = start(limits, events);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A client that has asked for something, and so has seen lists. */
    private HttpLike.Client client() throws InterruptedException {
        return ready(http.client().withEventIds().initialize(NEWEST));
    }

    private static HttpLike.Client ready(HttpLike.Client client) throws InterruptedException {
        client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").result();
        return client;
    }

    private static Recorded resources(HttpLike.Client client, String verb, String params) {
        return client.post("""
                {"jsonrpc":"2.0","id":2,"method":"resources/%s","params":%s}""".formatted(verb, params));
    }

    private static void subscribe(HttpLike.Client client, String... uris) throws InterruptedException {
        for (String uri : uris) {
            JsonNode result = resources(client, "subscribe", "{\"uri\":\"" + uri + "\"}").result();
            assertEquals(Json.object(), result);
        }
    }

    private void changeTools() {
        if (!server.catalog().tools().remove("more")) {
            server.catalog().tools().add(Tool.named("more").noArguments().text((in, call) -> ""));
        }
    }

    private void update(String... uris) {
        for (String uri : uris) {
            server.catalog().resourceUpdated(uri);
        }
    }

    private void announce() {
        clock.advance(Publisher.GATHERING);
    }

    /** What a stream was told: the lists and resources by their names. */
    private static List<String> heard(Recorded stream) {
        List<String> names = new ArrayList<>();
        for (Recorded.Event event : stream.events()) {
            if (!event.line().isEmpty()) {
                names.add(name(Json.mapper().readTree(event.line())));
            }
        }
        for (Message message : stream.sent()) {
            Message.Notification notice = (Message.Notification) message;
            names.add(name(Json.object().put("method", notice.method()).set("params", notice.params())));
        }
        return names;
    }

    private static String name(JsonNode notice) {
        return notice.path("params").path("uri").asString(notice.path("method").asString("").split("/", -1)[1]);
    }

    /** Waits until a stream was told just this, in this order. */
    private static void assertHeard(Recorded stream, String... names) {
        Await.until(() -> heard(stream).size() >= names.length, List.of(names) + "; heard " + heard(stream));
        assertEquals(List.of(names), heard(stream));
    }

    private long kept() {
        return ((Dispatcher) http.engine()).keptBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void eachSession_isToldOnItsOwnStream(String revision) throws Exception {
        HttpLike.Client one = ready(http.client().withEventIds().initialize(revision));
        HttpLike.Client two = ready(http.client().withEventIds().initialize(revision));
        Recorded ofOne = one.get();
        Recorded ofTwo = two.get();
        subscribe(two, "note:1");
        changeTools();
        update("note:1");
        announce();

        assertHeard(ofTwo, TOOLS, "note:1");
        assertHeard(ofOne, TOOLS);
    }

    @Test
    void streamOfACall_isNotToldOfChanges() throws Exception {
        HttpLike.Client client = client();
        Recorded own = client.get();
        Recorded call = client.call(1, "told");
        told.log("begun");
        call.events(2);
        changeTools();
        announce();
        assertHeard(own, TOOLS);
        told.answer("end");
        call.awaitEnd();

        assertEquals(3, call.events().size());
    }

    @Test
    void burst_isToldOnce() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2");
        Recorded stream = client.get();
        for (int i = 0; i < 100; i++) {
            changeTools();
            update("note:1");
        }
        update("note:2");
        announce();

        assertHeard(stream, TOOLS, "note:1", "note:2");
    }

    @Test
    void unsubscribedResource_isNotToldOf() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2", "note:1");
        resources(client, "unsubscribe", "{\"uri\":\"note:1\"}").result();
        resources(client, "unsubscribe", "{\"uri\":\"nobody\"}").result();
        Recorded stream = client.get();
        update("note:1", "note:2", "note:3");
        announce();

        assertHeard(stream, "note:2");
    }

    @Test
    void clientThatHasAskedForNothingYet_isNotTold() throws Exception {
        HttpLike.Client newcomer = http.client().withEventIds().initialize(NEWEST);
        Recorded stream = newcomer.get();
        Recorded other = client().get();
        changeTools();
        announce();
        assertHeard(other, TOOLS);
        ready(newcomer);
        changeTools();
        announce();

        assertHeard(stream, TOOLS);
    }

    @Test
    void changesWithoutAStream_areToldOnceWhenThereIsOne() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1");
        Recorded witness = client().get();
        for (int i = 0; i < 3; i++) {
            changeTools();
            update("note:1");
            announce();
            witness.events(2 + i);
        }
        Recorded stream = client.get();

        assertHeard(stream, TOOLS, "note:1");
        announce();
        assertEquals(2, heard(stream).size());
    }

    @Test
    void changesWhileTheConnectionIsBroken_areToldOnceWhenItGoesOn() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2");
        Recorded stream = client.get();
        update("note:1");
        announce();
        assertHeard(stream, "note:1");
        stream.abort();
        Recorded witness = client().get();
        for (int i = 0; i < 3; i++) {
            changeTools();
            update("note:2");
            announce();
            witness.events(2 + i);
        }
        Recorded next = client.resume(stream.events().getLast().id());

        assertHeard(next, TOOLS, "note:2");
    }

    @Test
    void noticeThatWasOnItsWay_isToldAgainToWhoGoesOn() throws Exception {
        HttpLike.Client client = client();
        Recorded stream = client.get();
        changeTools();
        announce();
        assertHeard(stream, TOOLS);
        Recorded next = client.resume(stream.events().getFirst().id());

        assertHeard(next, TOOLS);
    }

    @Test
    void clientWhoseEventsAreLost_isToldThatAllMayHaveChanged() throws Exception {
        restart(SubscriptionLimits.DEFAULT, EventLimits.DEFAULT.withStreamEvents(1));
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2");
        Recorded stream = client.get();
        update("note:1");
        announce();
        assertHeard(stream, "note:1");
        update("note:1");
        announce();
        assertHeard(stream, "note:1", "note:1");
        stream.abort();
        Recorded next = client.resume(stream.events().getFirst().id());

        assertHeard(next, TOOLS, RESOURCES, "note:1", "note:2");
    }

    @Test
    void clientWhoseEventNobodyKnows_isToldThatAllMayHaveChanged() throws Exception {
        HttpLike.Client client = client();

        assertHeard(client.resume("nonsense"), TOOLS, RESOURCES);
    }

    @Test
    void clientThatOpensAnotherStreamWithoutAnEvent_isToldNothingTwice() throws Exception {
        HttpLike.Client client = client();
        Recorded first = client.get();
        changeTools();
        announce();
        assertHeard(first, TOOLS);
        Recorded second = client.get();
        update("nobody");
        changeTools();
        announce();

        assertHeard(second, TOOLS);
        assertHeard(first, TOOLS);
    }

    @Test
    void slowStream_isToldOnceOfEachWhenItReadsOn() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1");
        Recorded slow = client.get();
        Recorded quick = client().get();
        CountDownLatch reading = new CountDownLatch(1);
        slow.takesMoreWhen(reading);
        for (int i = 0; i < 10; i++) {
            changeTools();
            update("note:1");
            announce();
            quick.events(2 + i);
        }
        reading.countDown();

        Await.until(() -> heard(slow).size() == 3, "what was kept for it");
        assertEquals(Set.of(TOOLS, "note:1"), Set.copyOf(heard(slow)));
    }

    @Test
    void gapWhileAClientCatchesUp_isNotLeftUnsaid() throws Exception {
        restart(SubscriptionLimits.DEFAULT, EventLimits.DEFAULT.withStreamEvents(2));
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2", "note:three", "note:the-fourth");
        Recorded stream = client.get();
        update("note:1", "note:2");
        announce();
        assertHeard(stream, "note:1", "note:2");
        CountDownLatch reading = new CountDownLatch(1);
        Recorded next = client.resume(stream.events().getFirst().id(), new Recorded(true, true).takesMoreWhen(reading));
        next.events(1);
        long before = kept();
        update("note:three", "note:the-fourth", "note:1");
        announce();
        int longer = "note:the-fourth".length() - "note:2".length();
        Await.until(() -> kept() - before == longer, "the fourth and the first to be kept");
        reading.countDown();

        assertHeard(next, "note:1", "note:2", "note:the-fourth", "note:1", TOOLS, RESOURCES, "note:1", "note:2",
                "note:three", "note:the-fourth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"uri\":7}"})
    void misshapenSubscription_isRefused(String params) throws Exception {
        HttpLike.Client client = client();

        resources(client, "subscribe", params).failed(RpcError.INVALID_PARAMS);
        resources(client, "unsubscribe", params).failed(RpcError.INVALID_PARAMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody:1", "secret:1"})
    void resourceThatIsNotThereForACaller_isNotFound(String uri) throws Exception {
        HttpLike.Client client = client();
        String params = "{\"uri\":\"" + uri + "\"}";

        JsonNode data = resources(client, "subscribe", params).failed(-32002).error().data();
        assertEquals(uri, data == null ? "" : data.path("uri").asString(""));
        resources(client, "unsubscribe", params).result();
    }

    @Test
    void serverWithoutResources_hasNoSubscriptions() throws Exception {
        HttpLike bare = new HttpLike();
        try (McpServer none = McpServer.named("test", "1").tool(told.tool()).transport(bare).start()) {
            HttpLike.Client client = ready(bare.client().initialize(NEWEST));
            resources(client, "subscribe", "{\"uri\":\"note:1\"}").failed(RpcError.METHOD_NOT_FOUND);
            resources(client, "unsubscribe", "{\"uri\":\"note:1\"}").failed(RpcError.METHOD_NOT_FOUND);
            assertEquals(1, none.sessions().size());
        }
    }

    @Test
    void sessionWithAllItsSubscriptions_isRefusedUntilItUnsubscribes() throws Exception {
        restart(SubscriptionLimits.DEFAULT.withResources(2).withUriCharacters(20), EventLimits.DEFAULT);
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2", "note:2");
        String message = resources(client, "subscribe", "{\"uri\":\"note:3\"}").failed(RpcError.INVALID_PARAMS)
                .error()
                .message();
        assertTrue(message.contains("2 resources") && message.contains("unsubscribe"), message);
        resources(client, "unsubscribe", "{\"uri\":\"note:1\"}").result();
        subscribe(client, "note:3");
        resources(client, "unsubscribe", "{\"uri\":\"note:3\"}").result();
        resources(client, "subscribe", "{\"uri\":\"note:" + "3".repeat(20) + "\"}").failed(RpcError.INVALID_PARAMS);
        subscribe(client(), "note:1");
    }

    @Test
    void modernClient_hasNoSuchMethods() throws Exception {
        http.client().with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", "resources/subscribe").post("""
                {"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":"note:1","_meta":{
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientCapabilities":{}}}}""").refused(Cause.UNKNOWN_METHOD, -32601);
    }

    @Test
    void sessionThatHasEnded_isToldNothing() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1");
        Recorded stream = client.get();
        client.delete().answer();
        stream.awaitEnd();
        HttpLike.Client other = client();
        subscribe(other, "note:1");
        Recorded witness = other.get();
        update("note:1");
        announce();

        assertHeard(witness, "note:1");
        assertEquals(List.of(), heard(stream));
    }

    @Test
    void restoredSession_isStillSubscribedAndToldThatAllMayHaveChanged() throws Exception {
        HttpLike.Client client = client();
        subscribe(client, "note:1", "note:2");
        restart(SubscriptionLimits.DEFAULT, EventLimits.DEFAULT);
        HttpLike.Client back = http.client().withEventIds().in(client.session());
        Recorded stream = back.get();

        Await.until(() -> heard(stream).size() == 4, "all that may have changed");
        assertEquals(Set.of(TOOLS, RESOURCES, "note:1", "note:2"), Set.copyOf(heard(stream)));
        update("note:2");
        announce();
        Await.until(() -> heard(stream).size() == 5, "a resource it is subscribed to");
        assertEquals("note:2", heard(stream).getLast());
    }
}
