package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mooring.feature.Outcome;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.TestServer;
import dev.mooring.transport.DrainResult;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code subscriptions/listen} where all that a client is told shares one channel. */
class SubscriptionsOnChannelTest {
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    private static final String TOOLS_CHANGED = "notifications/tools/list_changed";
    private static final String UPDATED = "notifications/resources/updated";
    private static final String CANCELLED = "notifications/cancelled";

    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final TestServer server = TestServer.of(McpServer.named("test", "1")
            .tool(gate.tool())
            .resourceTemplate(ResourceTemplate.of("note:{id}").text((in, call) -> in.get("id")))
            .time(clock)
            .calls(CallLimits.DEFAULT.withPerSession(1))
            .subscriptions(SubscriptionLimits.DEFAULT.withPerConnection(3)));
    private final Conversation client = Conversation.silent(server.wire(), Revision.NEWEST);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ObjectNode filter(String json) {
        ObjectNode params = Json.object();
        params.set("notifications", Json.mapper().readTree(json));
        return params;
    }

    private void listen(RequestId id, String filter) {
        client.request(id, "subscriptions/listen", filter(filter));
    }

    private void listenToTools(RequestId id) {
        listen(id, "{\"toolsListChanged\":true}");
    }

    private void changeTools() {
        if (!server.server().catalog().tools().remove("more")) {
            server.server().catalog().tools().add(Tool.named("more").noArguments().text((in, call) -> ""));
        }
        clock.advance(Publisher.GATHERING);
    }

    private static RequestId subscription(Message.Notification notice) {
        JsonNode meta = Objects.requireNonNull(notice.params()).path("_meta");
        return Objects.requireNonNull(RequestId.read(meta.path("io.modelcontextprotocol/subscriptionId")));
    }

    private List<RequestId> subscriptions(String method) {
        return client.notices(method).stream().map(SubscriptionsOnChannelTest::subscription).toList();
    }

    private Lease lease() {
        return server.server().subscriptions().leases().iterator().next();
    }

    @Test
    void severalSubscriptions_areToldApartByTheirIds() throws Exception {
        listenToTools(RequestId.of(1));
        listen(RequestId.of("1"), "{\"resourceSubscriptions\":[\"note:1\"]}");
        listenToTools(RequestId.of("two"));
        client.notice(ACKNOWLEDGED, 3);
        server.server().catalog().resourceUpdated("note:1");
        changeTools();

        client.notice(TOOLS_CHANGED, 2);
        client.notice(UPDATED, 1);
        assertEquals(Set.of(RequestId.of(1), RequestId.of("1"), RequestId.of("two")),
                Set.copyOf(subscriptions(ACKNOWLEDGED)));
        assertEquals(Set.of(RequestId.of(1), RequestId.of("two")), Set.copyOf(subscriptions(TOOLS_CHANGED)));
        assertEquals(List.of(RequestId.of("1")), subscriptions(UPDATED));
    }

    @Test
    void cancelledSubscription_saysNoMoreAndIsNotAnswered() throws Exception {
        listenToTools(RequestId.of(1));
        client.notice(ACKNOWLEDGED, 1);
        Lease lease = lease();
        listenToTools(RequestId.of(2));
        client.notice(ACKNOWLEDGED, 2);
        client.cancel(RequestId.of(1));
        Await.until(() -> lease.endReason() == EndReason.CLIENT_REQUEST, "the subscription to end");
        changeTools();

        client.notice(TOOLS_CHANGED, 1);
        assertEquals(List.of(RequestId.of(2)), subscriptions(TOOLS_CHANGED));
        assertEquals(0, client.heard().stream().filter(m -> m instanceof Message.Response).count());
        assertEquals(List.of(), client.notices(CANCELLED));
    }

    @Test
    void idInUse_isRefusedWhoeverUsesIt() throws Exception {
        listenToTools(RequestId.of(1));
        client.notice(ACKNOWLEDGED, 1);
        listenToTools(RequestId.of(1));
        assertEquals(RpcError.INVALID_REQUEST,
                assertInstanceOf(Message.Failure.class, client.response(RequestId.of(1))).error().code());
        client.call(RequestId.of(2), "wait", Json.object());
        gate.awaitEntered(1);
        listenToTools(RequestId.of(2));
        client.failure(RequestId.of(2), RpcError.INVALID_REQUEST);
        changeTools();

        client.notice(TOOLS_CHANGED, 1);
        assertEquals(1, server.server().subscriptions().size());
        gate.release(1);
    }

    @Test
    void endedSubscription_givesItsIdBack() throws Exception {
        listenToTools(RequestId.of(1));
        client.cancel(RequestId.of(1));
        listenToTools(RequestId.of(1));

        client.notice(ACKNOWLEDGED, 2);
        assertEquals(1, server.server().subscriptions().size());
    }

    @Test
    void connectionWithAllItsSubscriptions_isRefused() throws Exception {
        for (int id = 1; id <= 3; id++) {
            listenToTools(RequestId.of(id));
        }
        listenToTools(RequestId.of(4));

        client.failure(RequestId.of(4), Outcome.OVERLOADED);
        Conversation other = Conversation.silent(server.wire(), Revision.NEWEST);
        other.request(RequestId.of(1), "subscriptions/listen", filter("{}"));
        other.notice(ACKNOWLEDGED, 1);
        other.close();
        Await.until(() -> server.server().subscriptions().size() == 3, "its subscription to end with it");
    }

    @Test
    void subscription_isNoCallInProgress() throws Exception {
        listenToTools(RequestId.of(1));
        client.notice(ACKNOWLEDGED, 1);
        client.call(RequestId.of(2), "wait", Json.object());
        gate.awaitEntered(1);
        gate.release(1);

        assertEquals("released", client.text(RequestId.of(2)));
    }

    @Test
    void closedChannel_endsItsSubscriptions() throws Exception {
        listenToTools(RequestId.of(1));
        client.notice(ACKNOWLEDGED, 1);
        Lease lease = lease();
        client.close();

        Await.until(() -> server.server().subscriptions().size() == 0, "the subscription to end");
        assertEquals(EndReason.TRANSPORT_CLOSED, lease.endReason());
        assertEquals(DrainResult.CLEAN, server.server().drain(Await.LIMIT));
    }

    @Test
    void drain_endsSubscriptionsWithAResultAndThenACancellation() throws Exception {
        listenToTools(RequestId.of("listen:0"));
        client.notice(ACKNOWLEDGED, 1);
        assertEquals(DrainResult.CLEAN, server.server().drain(Await.LIMIT));

        JsonNode result = client.result(RequestId.of("listen:0"));
        assertEquals("listen:0", result.path("_meta").path("io.modelcontextprotocol/subscriptionId").asString(""));
        Message.Notification cancelled = client.notice(CANCELLED, 1);
        assertEquals("listen:0", Objects.requireNonNull(cancelled.params()).path("requestId").asString(""));
        assertEquals(RequestId.of("listen:0"), subscription(cancelled));
        List<Message> heard = client.heard();
        assertEquals(List.of(Message.Notification.class, Message.Result.class, Message.Notification.class),
                heard.stream().map(Object::getClass).toList());
    }

    @Test
    void closedServer_saysSoBeforeTheChannelEnds() throws Exception {
        listenToTools(RequestId.of(1));
        client.notice(ACKNOWLEDGED, 1);
        server.close();

        assertEquals("complete", client.result(RequestId.of(1)).path("resultType").asString(""));
        client.end();
    }

    @Test
    void channelOfBothEras_tellsEachInItsWords() throws Exception {
        Conversation legacy = Conversation.begin(server.wire(), Revision.V2025_06_18);
        legacy.result(legacy.request("tools/list", Json.object()));
        ObjectNode params = filter("{\"toolsListChanged\":true}");
        ObjectNode meta = params.putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", Revision.NEWEST.version());
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        legacy.request(RequestId.of("m"), "subscriptions/listen", params);
        legacy.notice(ACKNOWLEDGED, 1);
        changeTools();

        legacy.notice(TOOLS_CHANGED, 2);
        long unnamed = legacy.notices(TOOLS_CHANGED).stream().filter(notice -> notice.params() == null).count();
        assertEquals(1, unnamed);
        legacy.close();
    }
}
