package dev.mooring.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.json.Json;
import dev.mooring.model.Elicited;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.testkit.Await;
import dev.mooring.transport.TransportException;
import dev.mooring.transport.Wire;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a client answers what its server asks, whatever the server is. */
class ResponderTest {
    private final Server server = new Server();

    /** A server that answers as it is told, and keeps what comes. Thread-safe. */
    private static final class Server implements Wire {
        private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        private volatile Function<Message.Request, @Nullable JsonNode> answers = request -> Json.object();
        private volatile @Nullable Inbox inbox;

        @Override
        public void open(Inbox opened) {
            inbox = opened;
        }

        @Override
        public void send(Message message) {
            received.add(message);
            if (message instanceof Message.Request request) {
                JsonNode result = answers.apply(request);
                if (result != null) {
                    say(new Message.Result(request.id(), result));
                }
            }
        }

        void say(Message message) {
            Objects.requireNonNull(inbox).received(new Payload.One(message));
        }

        /** The next response of the client. */
        Message.Response response() throws InterruptedException {
            while (true) {
                Message next = Objects.requireNonNull(received.poll(10, TimeUnit.SECONDS), "nothing came");
                if (next instanceof Message.Response response) {
                    return response;
                }
            }
        }

        @Override
        public void close() {}
    }

    private McpClient connect(Revision revision, Responders responders, Duration timeout) throws InterruptedException {
        return McpClient.connect(server,
                ClientOptions.DEFAULT.withRevision(revision).withResponders(responders).withTimeout(timeout));
    }

    private McpClient legacy(Responders responders) throws InterruptedException {
        return connect(Revision.V2025_11_25, responders, Await.LIMIT);
    }

    private void ask(String id, String method) {
        server.say(new Message.Request(RequestId.of(id), method, Json.object().put("message", "?")));
    }

    @Test
    void ping_isAnswered() throws Exception {
        legacy(Responders.NONE);
        ask("a", "ping");

        assertEquals(new Message.Result(RequestId.of("a"), Json.object()), server.response());
    }

    @ParameterizedTest
    @CsvSource({"elicitation/create,-32601", "sampling/createMessage,-32601", "roots/list,-32601", "no/such,-32601"})
    void whatItHasNoResponderFor_isRefused(String method, int code) throws Exception {
        legacy(Responders.NONE);
        ask("a", method);

        assertEquals(code, ((Message.Failure) server.response()).error().code());
    }

    @Test
    void requestOfAnotherShape_isRefused() throws Exception {
        legacy(Responders.NONE.withSampling(request -> {
            throw new IllegalStateException("never asked");
        }));
        ask("a", "sampling/createMessage");

        assertEquals(-32602, ((Message.Failure) server.response()).error().code());
    }

    @Test
    void withdrawnRequest_interruptsItsResponderAndIsNotAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        legacy(Responders.NONE.withForms(form -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return new Elicited.Declined<>();
        }));
        ask("a", "elicitation/create");
        Await.open(begun, "the responder to begin");
        server.say(new Message.Notification("notifications/cancelled", Json.object().put("requestId", "a")));
        Await.open(interrupted, "the responder to be interrupted");
        ask("b", "ping");

        assertEquals(RequestId.of("b"), server.response().id());
    }

    @Test
    void timeItsUserTakes_isNotTheServers() throws Exception {
        CompletableFuture<Elicited<ObjectNode>> user = new CompletableFuture<>();
        McpClient client =
                connect(Revision.V2025_11_25, Responders.NONE.withForms(form -> user.get()), Duration.ofMillis(50));
        server.answers = request -> null;
        CompletableFuture<String> called = new CompletableFuture<>();
        ask("a", "elicitation/create");
        Thread.ofVirtual().start(() -> {
            try {
                called.complete(client.call("tool", Json.object()).text());
            } catch (Throwable e) {
                called.completeExceptionally(e);
            }
        });
        assertThrows(java.util.concurrent.TimeoutException.class, () -> called.get(150, TimeUnit.MILLISECONDS));
        user.complete(new Elicited.Declined<>());
        server.response();

        Exception failed =
                assertThrows(java.util.concurrent.ExecutionException.class, () -> called.get(10, TimeUnit.SECONDS));
        assertTrue(String.valueOf(failed.getMessage()).contains("no answer to tools/call within 50 ms"),
                failed::toString);
    }

    @Test
    void stateIsEchoedAndQuestionsAreAnsweredInTheRetry() throws Exception {
        McpClient client =
                connect(Revision.NEWEST, Responders.NONE.withForms(form -> new Elicited.Declined<>()), Await.LIMIT);
        server.received.clear();
        server.answers = request -> Json.mapper()
                .readTree(Objects.requireNonNull(request.params()).has("requestState") ? "{}" : """
                        {"resultType":"input_required","requestState":"opaque",
                        "inputRequests":{"a":{"method":"elicitation/create","params":{"message":"?"}}}}""");
        client.request("tools/call", Json.object().put("name", "tool"));

        Message.Request first = (Message.Request) server.received.take();
        Message.Request second = (Message.Request) server.received.take();
        assertTrue(!first.id().equals(second.id()), "each request has an id of its own");
        JsonNode params = Objects.requireNonNull(second.params());
        assertEquals("tool", params.path("name").asString(""));
        assertEquals("opaque", params.path("requestState").asString(""));
        assertEquals("{\"a\":{\"action\":\"decline\"}}", params.path("inputResponses").toString());
    }

    @Test
    void serverThatAsksWithoutEnd_isLeft() throws Exception {
        McpClient client = connect(Revision.NEWEST, Responders.NONE, Await.LIMIT);
        server.answers = request -> Json.object().put("resultType", "input_required").put("requestState", "again");

        assertThrows(TransportException.class, () -> client.request("tools/call", Json.object().put("name", "tool")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"V2024_11_05 | {'sampling':{},'roots':{}}",
        "V2025_06_18 | {'elicitation':{'form':{}},'sampling':{},'roots':{}}",
        "V2025_11_25 | {'elicitation':{'form':{},'url':{}},'sampling':{'tools':{}},'roots':{}}",
        "V2026_07_28 | {'elicitation':{'form':{},'url':{}},'sampling':{'tools':{}},'roots':{}}"})
    void whatItHasRespondersFor_isDeclaredAsFarAsTheRevisionKnowsIt(Revision revision, String declared) {
        Responders all = Responders.NONE.withForms(form -> new Elicited.Declined<>())
                .withPages(page -> Consent.DECLINE)
                .withSamplingAndTools(request -> {
                    throw new IllegalStateException("never asked");
                })
                .withRoots(java.util.List::of);

        assertEquals(Json.mapper().readTree(declared.replace('\'', '"')),
                ClientOptions.DEFAULT.withRevision(revision).withResponders(all).declared());
    }
}
