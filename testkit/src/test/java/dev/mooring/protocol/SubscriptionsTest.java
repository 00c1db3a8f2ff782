package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import dev.mooring.lease.LeaseKind;
import dev.mooring.rpc.Message;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.FakeClock;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Answer.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code subscriptions/listen} where each request has its own way back. */
class SubscriptionsTest {
    private static final String TOOLS = "{\"toolsListChanged\":true}";

    private final FakeClock clock = new FakeClock();
    private HttpLike http = new HttpLike();
    private McpServer server = start(SubscriptionLimits.DEFAULT);

    private McpServer start(SubscriptionLimits limits) {
        return McpServer.named("test", "1")
                .tool(tool("echo"))
                .resourceTemplate(ResourceTemplate.of("note:{id}").text((in, call) -> in.get("id")))
                .resource(Resource.at("secret:1")
                        .visibleTo(caller -> caller.principal().subject().equals("ann"))
                        .text(call -> "hidden"))
                .tool(Tool.named("save").noArguments().text((in, call) -> {
                    call.resourceUpdated("note:1");
                    return "saved";
                }))
                .time(clock)
                .subscriptions(limits)
                .transport(http)
                .start();
    }

    private void restart(SubscriptionLimits limits) {
        server.close();
        http = new HttpLike();
        server = start(limits);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Tool tool(String name) {
        return Tool.named(name).noArguments().text((in, call) -> "");
    }

    private Recorded listen(String id, String filter) {
        return listen(http.client(), id, filter);
    }

    private static Recorded listen(HttpLike.Client client, String id, String filter) {
        return client.with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", "subscriptions/listen").post("""
                {"jsonrpc":"2.0","id":%s,"method":"subscriptions/listen","params":{"_meta":{
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientCapabilities":{}},"notifications":%s}}""".formatted(id, filter));
    }

    private static String resources(String... uris) {
        return Json.mapper().writeValueAsString(Map.of("resourceSubscriptions", List.of(uris)));
    }

    /** A stream that is acknowledged. */
    private Recorded opened(String id, String filter) {
        Recorded stream = listen(id, filter);
        stream.sent(1);
        return stream;
    }

    private void add(String... tools) {
        for (String name : tools) {
            server.catalog().tools().add(tool(name));
        }
    }

    /** Lets what has changed be announced. */
    private void announce() {
        clock.advance(Publisher.GATHERING);
    }

    private static Message.Notification notice(Message message) {
        return assertInstanceOf(Message.Notification.class, message);
    }

    private static JsonNode params(Message message) {
        return Objects.requireNonNull(notice(message).params());
    }

    private static String subscription(Message message) {
        return params(message).path("_meta").path("io.modelcontextprotocol/subscriptionId").toString();
    }

    private static List<String> methods(Recorded stream) {
        return stream.sent().stream().map(message -> notice(message).method()).toList();
    }

    /** What a stream was told of resources, after its acknowledgement. */
    private static List<String> uris(Recorded stream) {
        return stream.sent().stream().skip(1).map(message -> params(message).path("uri").asString("")).toList();
    }

    @Test
    void subscription_isAcknowledgedFirstWithWhatTheServerCanTell() {
        Recorded stream = opened("\"listen:0\"", """
                {"toolsListChanged":true,"promptsListChanged":false,"resourcesListChanged":false,
                "resourceSubscriptions":["note:1","note:2"],"unknown":7}""");

        assertEquals(List.of("notifications/subscriptions/acknowledged"), methods(stream));
        assertEquals("\"listen:0\"", subscription(stream.sent().getFirst()));
        assertEquals(
                Json.mapper().readTree("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"note:1\",\"note:2\"]}"),
                params(stream.sent().getFirst()).path("notifications"));
        assertFalse(stream.isAnswered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1\""})
    void addedAndRemovedTools_areToldWithTheIdOfTheSubscription(String id) {
        Recorded stream = listen(id, TOOLS);
        add("one");
        announce();
        stream.sent(2);
        server.catalog().tools().remove("one");
        announce();

        List<Message> told = stream.sent(3);
        assertEquals(List.of("notifications/subscriptions/acknowledged", "notifications/tools/list_changed",
                "notifications/tools/list_changed"), methods(stream));
        assertEquals(id, subscription(told.get(1)));
        assertEquals(id, subscription(told.get(2)));
    }

    @Test
    void removalOfNothing_isNoChange() {
        Recorded stream = opened("1", "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"note:1\"]}");
        server.catalog().tools().remove("nobody");
        server.catalog().resourceUpdated("note:1");
        announce();

        assertEquals("note:1", params(stream.sent(2).get(1)).path("uri").asString(""));
    }

    @Test
    void burst_isToldOnceForEachKind() {
        Recorded stream = opened("1", "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"note:1\",\"note:2\"]}");
        for (int i = 0; i < 100; i++) {
            add("tool-" + i);
            server.catalog().resourceUpdated("note:1");
        }
        server.catalog().resourceUpdated("note:2");
        announce();

        assertEquals("note:2", params(stream.sent(4).get(3)).path("uri").asString(""));
        assertEquals(List.of("", "note:1", "note:2"), uris(stream));
    }

    @Test
    void steadyChanges_areToldAgainAndAgain() {
        Recorded stream = opened("1", TOOLS);
        for (int i = 0; i < 40; i++) {
            add("tool-" + i);
            clock.advance(Publisher.GATHERING.dividedBy(4));
            if (i % 4 == 3) {
                stream.sent(2 + i / 4);
            }
        }

        assertEquals(11, stream.sent().size());
    }

    @Test
    void onlyWhatWasAskedFor_isTold() {
        Recorded one = opened("1", resources("note:1"));
        Recorded both = opened("2", resources("note:2", "note:1"));
        Recorded nothing = opened("3", "{}");
        add("more");
        server.catalog().resourceUpdated("note:1");
        server.catalog().resourceUpdated("note:3");
        server.catalog().resourceUpdated("note:2");
        announce();

        both.sent(3);
        assertEquals(List.of("note:1"), uris(one));
        assertEquals(List.of("note:1", "note:2"), uris(both));
        assertEquals(List.of(), uris(nothing));
    }

    @Test
    void callThatChangesAResource_tellsItsSubscribers() throws Exception {
        Recorded stream = opened("1", resources("note:1"));
        http.client().initialize("2025-11-25").call(1, "save").text();
        announce();

        stream.sent(2);
        assertEquals(List.of("note:1"), uris(stream));
    }

    @Test
    void resourceThatIsNotThereForACaller_isLeftOut() {
        String asked = resources("note:1", "nobody:1", "secret:1");
        Recorded hers = listen(http.client().as("ann"), "1", asked);
        Recorded his = listen(http.client().as("bob"), "2", asked);

        assertEquals(Json.mapper().readTree(resources("note:1", "secret:1")),
                params(hers.sent(1).getFirst()).path("notifications"));
        assertEquals(Json.mapper().readTree(resources("note:1")), params(his.sent(1).getFirst()).path("notifications"));
        server.catalog().resourceUpdated("nobody:1");
        server.catalog().resourceUpdated("secret:1");
        server.catalog().resourceUpdated("note:1");
        announce();
        his.sent(2);
        hers.sent(3);
        assertEquals(List.of("note:1"), uris(his));
        assertEquals(List.of("secret:1", "note:1"), uris(hers));
    }

    @Test
    void clientThatLeavesWhileItsRightsAreLookedUp_isNotWaitedFor() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        server.catalog().resources().add(Resource.at("slow:1").visibleTo(caller -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
                return true;
            } catch (InterruptedException e) {
                interrupted.countDown();
                return !caller.cancelled();
            }
        }).text(call -> "slow"));
        Recorded stream = listen("1", resources("slow:1"));
        Await.open(asked, "the look-up");
        assertEquals(1, server.subscriptions().size());
        stream.abort();

        Await.open(interrupted, "the end of the look-up");
        assertEquals(0, server.subscriptions().size());
        assertEquals(List.of(), stream.sent());
    }

    @Test
    void changeBeforeASubscription_isNotTold() {
        add("before");
        Recorded stream = opened("1", resources("note:1"));
        announce();
        server.catalog().resourceUpdated("note:1");
        announce();

        stream.sent(2);
        assertEquals(List.of("note:1"), uris(stream));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "null", "{\"toolsListChanged\":\"yes\"}", "{\"resourcesListChanged\":1}",
        "{\"resourceSubscriptions\":\"note:1\"}", "{\"resourceSubscriptions\":[7]}",
        "{\"resourceSubscriptions\":{\"a\":\"b\"}}"})
    void misshapenFilter_isRefused(String filter) throws Exception {
        listen("1", filter).failed(-32602);

        assertEquals(0, server.subscriptions().size());
    }

    @Test
    void tooManyResources_areRefusedWithTheLimit() throws Exception {
        restart(SubscriptionLimits.DEFAULT.withResources(2).withUriCharacters(20));
        listen("1", resources("a", "b")).sent(1);

        String message = listen("1", resources("a", "b", "c")).failed(-32602).error().message();
        assertTrue(message.contains("3 URIs") && message.contains("2 resources"), message);
        listen("1", resources("a".repeat(21))).failed(-32602);
    }

    @Test
    void clientThatTakesNoStream_isRefused() throws Exception {
        listen(http.client().withoutStreams(), "1", TOOLS).refused(Cause.NOT_ACCEPTABLE, -32600);

        assertEquals(0, server.subscriptions().size());
    }

    @Test
    void subscription_isALeaseThatNamesItsOwner() {
        listen(http.client().as("ann"), "1", TOOLS);

        Lease lease = server.subscriptions().leases().iterator().next();
        assertEquals(LeaseKind.STREAM, lease.kind());
        assertEquals("ann", lease.owner().subject());
        assertTrue(lease.label().matches("subscription-1-\\d+"), lease.label());
    }

    @Test
    void closedResponse_endsTheSubscription() {
        Recorded stream = opened("1", TOOLS);
        Lease lease = server.subscriptions().leases().iterator().next();
        stream.abort();

        assertEquals(0, server.subscriptions().size());
        assertEquals(EndReason.TRANSPORT_CLOSED, lease.endReason());
        Recorded other = opened("2", TOOLS);
        add("more");
        announce();
        other.sent(2);
        assertEquals(1, stream.sent().size());
    }

    @Test
    void ownerWithAllItsSubscriptions_isRefusedUntilOneEnds() throws Exception {
        restart(SubscriptionLimits.DEFAULT.withPerOwner(2));
        HttpLike.Client ann = http.client().as("ann");
        Recorded first = listen(ann, "1", TOOLS);
        listen(ann, "2", TOOLS);

        JsonNode data = listen(ann, "3", TOOLS).refused(Cause.CAPACITY, -31000).error().data();
        assertEquals("2 subscriptions of one owner (MCP_MAX_SUBSCRIPTIONS_PER_PRINCIPAL)",
                data == null ? "" : data.path("limit").asString(""));
        listen(http.client().as("bob"), "4", TOOLS).sent(1);
        first.abort();
        listen(ann, "5", TOOLS).sent(1);
        assertEquals(3, server.subscriptions().size());
    }

    @Test
    void anonymousClients_areCountedByTheirAddress() throws Exception {
        restart(SubscriptionLimits.DEFAULT.withPerOwner(1));
        listen("1", TOOLS);

        listen("2", TOOLS).refused(Cause.CAPACITY, -31000);
    }

    @Test
    void fullServer_refuses() throws Exception {
        restart(SubscriptionLimits.DEFAULT.withTotal(1));
        listen(http.client().as("ann"), "1", TOOLS);

        listen(http.client().as("bob"), "2", TOOLS).refused(Cause.CAPACITY, -31000);
    }

    @Test
    void slowReader_isToldOnceOfEachWhenItReadsOnAndHoldsUpNobody() {
        Recorded slow = opened("1", "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"note:1\"]}");
        Recorded quick = opened("2", TOOLS);
        CountDownLatch reading = new CountDownLatch(1);
        slow.takesMoreWhen(reading);
        for (int i = 0; i < 10; i++) {
            add("tool-" + i);
            server.catalog().resourceUpdated("note:1");
            announce();
            quick.sent(2 + i);
        }
        assertEquals(2, slow.sent(2).size(), "it was full with the first");
        reading.countDown();

        slow.sent(4);
        announce();
        assertEquals(4, slow.sent().size());
        assertEquals(Set.of("", "note:1"), Set.copyOf(uris(slow)));
    }

    @Test
    void slowReaderThatLeaves_isForgotten() {
        Recorded slow = opened("1", TOOLS);
        CountDownLatch reading = new CountDownLatch(1);
        slow.takesMoreWhen(reading);
        add("one");
        announce();
        slow.sent(2);
        slow.abort();
        reading.countDown();

        assertEquals(0, server.subscriptions().size());
    }

    @Test
    void drain_endsSubscriptionsWithAResultFirst() throws Exception {
        Recorded stream = opened("\"listen:0\"", TOOLS);
        server.drain(Duration.ZERO);

        JsonNode result = stream.result();
        assertEquals("complete", result.path("resultType").asString(""));
        assertEquals("\"listen:0\"", result.path("_meta").path("io.modelcontextprotocol/subscriptionId").toString());
        assertEquals("test", result.path("_meta").path("io.modelcontextprotocol/serverInfo").path("name").asString(""));
        assertEquals(List.of("notifications/subscriptions/acknowledged"), methods(stream));
        assertEquals(0, server.subscriptions().size());
        listen("2", TOOLS).refused(Cause.CAPACITY, -31000);
    }

    @Test
    void subscriptionsOfAPrincipal_areEndedAtTheServersWish() throws Exception {
        Recorded hers = listen(http.client().as("ann"), "1", TOOLS);
        Recorded his = listen(http.client().as("bob"), "1", TOOLS);
        int ended = server.subscriptions().closeAll(new Principal("test", "ann", Set.of()), EndReason.MANUAL);

        assertEquals(1, ended);
        assertEquals("complete", hers.result().path("resultType").asString(""));
        assertFalse(his.isAnswered());
        assertEquals(Answer.Outcome.Ok.OK, hers.answer().outcome());
    }
}
