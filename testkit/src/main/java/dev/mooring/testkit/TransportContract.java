package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.client.McpClient;
import dev.mooring.client.Subscription;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every {@link Transport} must do, in both eras. Extend it for each: say how to make the transport and how to connect
 * to it, and where it differs by its nature.
 *
 * <pre>{@code
 * class MyTransportTest extends TransportContract {
 *     private final MyTransport transport = new MyTransport();
 *
 *     @Override protected Transport transport() { return transport; }
 *     @Override protected TestWire connect() { return new MyTestWire(transport.address()); }
 * }
 * }</pre>
 */
public abstract class TransportContract extends TransportUnderTest {
    private static final int OVERLOADED = -31000;

    @EveryRevision
    void client_connectsListsAndCalls(Revision revision) throws Exception {
        McpClient client = join(revision);

        assertEquals("contract", client.server().name());
        assertEquals(List.of("big", "echo", "fail", "steps", "wait"),
                client.tools().stream().map(tool -> tool.name()).toList());
        Results.assertText("hello", client.call("echo", say("hello")));
        Results.assertToolError("failed as asked", client.call("fail", Map.of()));
    }

    @BothEras
    void text_arrivesAsItWasSent(Revision revision) throws Exception {
        String text = "line\nline\r\n\ttab \"quotes\" \\ \u0000 \u2028 é 漢 \ud83d\ude80 data: event:";

        Results.assertText(text, join(revision).call("echo", say(text)));
    }

    @BothEras
    void bigMessages_passWhole(Revision revision) throws Exception {
        McpClient client = join(revision);
        int size = maxBytes() * 3 / 4;

        assertEquals(size, client.call("big", Json.object().put("count", size)).text().length());
        assertEquals(size, client.call("echo", say("y".repeat(size))).text().length());
    }

    @BothEras
    void notices_arriveInOrderBeforeTheirResponse(Revision revision) throws Exception {
        Conversation client = open(revision);
        ObjectNode params = Json.object().put("name", "steps");
        params.putObject("arguments").put("count", 50);
        params.putObject("_meta").put("progressToken", "token");

        assertEquals("done", client.text(client.request("tools/call", params)));

        List<Message> heard = client.heard();
        List<Message> last = heard.subList(heard.size() - 51, heard.size());
        for (int step = 1; step <= 50; step++) {
            Message.Notification notice = assertInstanceOf(Message.Notification.class, last.get(step - 1));
            assertEquals("notifications/progress", notice.method());
            ObjectNode said = notice.params() == null ? Json.object() : notice.params();
            assertEquals("token", said.path("progressToken").stringValue(""));
            assertEquals(step, said.path("progress").asInt(0));
        }
        assertInstanceOf(Message.Response.class, last.get(50));
    }

    @BothEras
    void responses_bearTheIdsOfTheirRequests(Revision revision) throws Exception {
        Conversation client = open(revision);
        List<RequestId> ids = List.of(RequestId.of(1), RequestId.of("1"), RequestId.of(-1), RequestId.of(""),
                RequestId.of(Long.MAX_VALUE), RequestId.of("ü\n\ud83d\ude80"));
        for (RequestId id : ids) {
            client.call(id, "wait", say("for " + id));
        }
        tools.awaitEntered(ids.size());
        tools.openGate();

        for (RequestId id : ids) {
            assertEquals("for " + id, client.text(id));
        }
    }

    @BothEras
    void hundredCalls_runAtOnce(Revision revision) throws Exception {
        Conversation client = open(revision);
        Map<RequestId, String> calls = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            calls.put(client.call("wait", say("call " + i)), "call " + i);
        }
        tools.awaitEntered(100);
        tools.openGate();

        for (Map.Entry<RequestId, String> call : calls.entrySet()) {
            assertEquals(call.getValue(), client.text(call.getKey()));
        }
    }

    @BothEras
    void manyThreads_shareOneClient(Revision revision) throws Exception {
        McpClient client = join(revision);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String text = "thread " + i;
                answers.add(threads.submit(() -> client.call("echo", say(text)).text()));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals("thread " + i, answers.get(i).get(10, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void clientsOfAllRevisions_areServedSideBySide() throws Exception {
        List<Conversation> clients = new ArrayList<>();
        for (Revision revision : Revision.values()) {
            if (serves(revision)) {
                clients.add(open(revision));
            }
        }
        RequestId id = RequestId.of(7);
        for (Conversation client : clients) {
            client.call(id, "wait", say(client.revision().version()));
        }
        tools.awaitEntered(clients.size());
        tools.openGate();

        for (Conversation client : clients) {
            assertEquals(client.revision().version(), client.text(id));
        }
    }

    @BothEras
    void unknownMethodsAndTools_areRefused(Revision revision) throws Exception {
        Conversation client = open(revision);

        client.failure(client.request("no/such", Json.object()), RpcError.METHOD_NOT_FOUND);
        client.failure(client.call("nobody", Json.object()), RpcError.INVALID_PARAMS);
        assertServed(client);
    }

    @EveryRevision
    void argumentsThatDoNotFit_areRefusedAsTheRevisionDoes(Revision revision) throws Exception {
        Conversation client = open(revision);
        RequestId id = client.call("echo", Json.object().put("text", 1));

        if (revision.since(Revision.V2025_11_25)) {
            assertTrue(client.result(id).path("isError").asBoolean(false));
        } else {
            client.failure(id, RpcError.INVALID_PARAMS);
        }
        assertServed(client);
    }

    @BothEras
    void idInUse_isRefused(Revision revision) throws Exception {
        assumeTrue(sharesIds(revision), "each request stands alone");
        Conversation client = open(revision);
        RequestId id = client.call("wait", say("first"));
        tools.awaitEntered(1);
        int before = client.units();
        client.call(id, "echo", say("second"));

        Message.Failure failure = assertInstanceOf(Message.Failure.class, message(client.unit(before)));
        assertEquals(RpcError.INVALID_REQUEST, failure.error().code());
        assertEquals(id, failure.id());
        tools.openGate();
        assertInstanceOf(Message.Result.class, message(client.unit(before + 1)));
        client.call(id, "echo", say("third"));
        assertInstanceOf(Message.Result.class, message(client.unit(before + 2)), "the id is free again");
    }

    @BothEras
    void unknownNotice_isIgnored(Revision revision) throws Exception {
        Conversation client = open(revision);
        client.notify("notifications/no-such", Json.object().put("x", 1));
        client.notify("notifications/cancelled", Json.object().put("requestId", 999));
        client.notify("notifications/cancelled", null);

        assertServed(client);
    }

    @BothEras
    void responseToNothing_isIgnored(Revision revision) throws Exception {
        Conversation client = open(revision);
        client.send(new Message.Result(RequestId.of(77), Json.object()));
        client.send(new Message.Failure(RequestId.of("x"), RpcError.internalError("no")));

        assertServed(client);
    }

    @BothEras
    void malformedMessage_isRefusedAndTheNextIsServed(Revision revision) throws Exception {
        Conversation client = open(revision);
        for (Malformed kind : Malformed.all()) {
            int before = client.units();
            client.sendRaw(kind.bytes());
            Payload answer = client.unit(before);

            Message.Failure failure =
                    assertInstanceOf(Message.Failure.class, message(answer), () -> kind + " was answered " + answer);
            assertEquals(kind.code(), failure.error().code(), kind::toString);
            assertEquals(kind.id(), failure.id(), kind::toString);
            assertServed(client);
        }
    }

    @BothEras
    void tooLongMessage_isRefusedAndTheNextIsServed(Revision revision) throws Exception {
        Conversation client = open(revision);
        int before = client.units();
        client.sendRaw("\"" + "x".repeat(maxBytes() - 1) + "\"");

        Message.Failure failure = assertInstanceOf(Message.Failure.class, message(client.unit(before)));
        assertEquals(RpcError.INVALID_REQUEST, failure.error().code());
        assertTrue(failure.error().message().contains("MCP_MAX_MESSAGE_BYTES"), failure::toString);
        assertServed(client);
    }

    @Test
    void batch_isAnsweredAsOne() throws Exception {
        Conversation client = open(Revision.V2025_03_26);
        int before = client.units();
        client.sendRaw("""
                [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/no-such"},
                {"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":"echo","arguments":{"text":"hi"}}}]\
                """.replace("\n", ""));

        Payload.Batch answer = assertInstanceOf(Payload.Batch.class, client.unit(before));
        assertEquals(2, answer.members().size());
        assertEquals("hi", client.text(RequestId.of("1")));
        client.result(RequestId.of(1));
    }

    @BothEras
    void cancelledCall_isInterruptedAndNotAnswered(Revision revision) throws Exception {
        Conversation client = open(revision);
        RequestId id = client.call("wait", say("never"));
        tools.awaitEntered(1);
        client.cancel(id);

        tools.awaitInterrupted(1);
        assertServed(client);
        assertFalse(answered(client, id), () -> "a cancelled call was answered: " + client.heard());
    }

    @BothEras
    void cancellation_meansExactlyOneCall(Revision revision) throws Exception {
        Conversation client = open(revision);
        Conversation other = open(revision);
        client.call(RequestId.of(1), "wait", say("number"));
        client.call(RequestId.of("1"), "wait", say("string"));
        other.call(RequestId.of(1), "wait", say("other"));
        tools.awaitEntered(3);
        client.cancel(RequestId.of(1));
        tools.awaitInterrupted(1);
        tools.openGate();

        assertEquals("string", client.text(RequestId.of("1")));
        assertEquals("other", other.text(RequestId.of(1)));
        assertFalse(tools.anyInterrupted());
    }

    @BothEras
    void clientCloses_itsSessionEnds(Revision revision) throws Exception {
        Conversation stays = open(revision);
        Conversation leaves = open(revision);
        int sessions = server().sessions().size();
        leaves.close();
        leaves.close();

        Await.until(() -> server().sessions().size() == (revision.modern() ? 0 : sessions - 1), "the session to end");
        assertServed(stays);
    }

    @BothEras
    void clientCloses_itsCallsAreInterrupted(Revision revision) throws Exception {
        assumeTrue(closeCancels(revision), "a client that is gone may come back");
        Conversation stays = open(revision);
        Conversation leaves = open(revision);
        RequestId kept = stays.call("wait", say("kept"));
        leaves.call("wait", say("lost"));
        tools.awaitEntered(2);
        leaves.close();

        tools.awaitInterrupted(1);
        tools.openGate();
        assertEquals("kept", stays.text(kept));
        assertFalse(tools.anyInterrupted());
    }

    @BothEras
    void serverCloses_callsAreInterruptedAndTheWireEnds(Revision revision) throws Exception {
        Conversation client = open(revision);
        client.call("wait", say("never"));
        tools.awaitEntered(1);
        server().close();
        server().close();

        tools.awaitInterrupted(1);
        assertEquals(0, server().sessions().size());
        if (sharedChannel()) {
            client.end();
        }
    }

    @BothEras
    void drain_waitsForCallsAndRefusesNewOnes(Revision revision) throws Exception {
        Conversation client = open(revision);
        RequestId running = client.call("wait", say("finished"));
        tools.awaitEntered(1);
        CompletableFuture<DrainResult> drain = drain(Await.LIMIT);

        AtomicReference<RpcError> refusal = new AtomicReference<>();
        Await.until(() -> refused(client, refusal), "new calls to be refused");
        assertEquals(OVERLOADED, refusal.get().code());
        assertFalse(drain.isDone(), "the drain did not wait for a call");
        tools.openGate();
        assertEquals("finished", client.text(running));
        assertEquals(DrainResult.CLEAN, drain.get(10, TimeUnit.SECONDS));
    }

    @BothEras
    void drain_givesUpAtItsGraceTime(Revision revision) throws Exception {
        Conversation client = open(revision);
        RequestId running = client.call("wait", say("never"));
        tools.awaitEntered(1);
        DrainResult result = server().drain(Duration.ofMillis(100));

        assertEquals(new DrainResult(false, 1), result);
        tools.awaitInterrupted(1);
        client.failure(running, OVERLOADED);
    }

    @EveryRevision
    void changedTools_areToldOnce(Revision revision) throws Exception {
        McpClient client = join(revision);
        client.tools();
        try (Subscription tools = client.listen(Change.Listing.TOOLS)) {
            assertEquals(Set.of(Change.Listing.TOOLS), tools.honoured());
            for (int i = 0; i < 3; i++) {
                server().catalog().tools().add(Tool.named("more-" + i).noArguments().text((in, call) -> ""));
            }
            assertEquals(Optional.of(Change.Listing.TOOLS), tools.next());
            assertEquals(8, client.tools().size());
            server().catalog().tools().remove("more-0");
            assertEquals(Optional.of(Change.Listing.TOOLS), tools.next());
        }
    }

    @Test
    void subscriptions_areToldApartAndEndOneByOne() throws Exception {
        Conversation client = open(Revision.NEWEST);
        listenToTools(client, RequestId.of(1));
        listenToTools(client, RequestId.of("1"));
        client.notice("notifications/subscriptions/acknowledged", 2);
        server().catalog().tools().remove("big");
        client.notice("notifications/tools/list_changed", 2);
        client.cancel(RequestId.of(1));
        Await.until(() -> server().subscriptions().size() == 1, "one subscription to end");
        server().catalog().tools().remove("fail");

        Message.Notification last = client.notice("notifications/tools/list_changed", 3);
        assertEquals("1", last.params() == null ? ""
                : last.params().path("_meta").path("io.modelcontextprotocol/subscriptionId").stringValue("a number"));
        assertServed(client);
        client.close();
        Await.until(() -> server().subscriptions().size() == 0, "the other to end with its client");
    }

    @Test
    void drain_endsSubscriptionsInGoodOrderAndAtOnce() throws Exception {
        McpClient client = join(Revision.NEWEST);
        Subscription tools = client.listen(Change.Listing.TOOLS);
        assertEquals(DrainResult.CLEAN, server().drain(Await.LIMIT));

        assertEquals(Optional.empty(), tools.next());
    }

    private static void listenToTools(Conversation client, RequestId id) {
        ObjectNode params = Json.object();
        params.putObject("notifications").put("toolsListChanged", true);
        client.request(id, "subscriptions/listen", params);
    }

    @BothEras
    void drainOfAnIdleServer_isOverAtOnce(Revision revision) throws Exception {
        Conversation client = open(revision);
        assertServed(client);

        assertEquals(DrainResult.CLEAN, server().drain(Await.LIMIT));
    }

    private CompletableFuture<DrainResult> drain(Duration grace) throws InterruptedException {
        CompletableFuture<DrainResult> result = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                result.complete(server().drain(grace));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        Await.open(begun, "the drain to begin");
        return result;
    }

    /** Calls once more; true if that was refused. */
    private static boolean refused(Conversation client, AtomicReference<RpcError> refusal) {
        try {
            if (client.response(client.call("echo", say("new"))) instanceof Message.Failure failure) {
                refusal.set(failure.error());
            }
            return refusal.get() != null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean answered(Conversation client, RequestId id) {
        return client.heard().stream().anyMatch(m -> m instanceof Message.Response r && id.equals(r.id()));
    }
}
