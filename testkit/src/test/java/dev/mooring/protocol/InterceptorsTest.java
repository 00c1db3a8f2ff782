package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Interceptor;
import dev.mooring.feature.Outcome;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Request;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.SessionView;
import dev.mooring.feature.Tool;
import dev.mooring.feature.TraceContext;
import dev.mooring.json.Json;
import dev.mooring.model.Completion;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.server.McpServer;
import dev.mooring.session.Log;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Interceptors stand around every request, see what came of it, and can refuse it. */
class InterceptorsTest {
    private static final ThreadLocal<String> BOUND = new ThreadLocal<>();

    private final FakeClock clock = new FakeClock();
    private final Gate gate = new Gate();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<@Nullable String> bound = new AtomicReference<>();
    private final List<Conversation> clients = new ArrayList<>();
    private final TestServer server = TestServer.of(McpServer.named("test", "1")
            .tool(gate.tool())
            .tool(gate.tool(Tool.named("short").timeout(Duration.ofSeconds(5))))
            .tool(Tool.named("echo").noArguments().text((in, call) -> {
                calls.incrementAndGet();
                bound.set(BOUND.get());
                return "echo";
            }))
            .resource(Resource.at("note:all").text(call -> "all"))
            .resourceTemplate(ResourceTemplate.of("note:{id}")
                    .completes("id", (asked, caller) -> Completion.matching(asked.value(), List.of("one")))
                    .text((in, call) -> in.get("id")))
            .prompt(Prompt.named("greet").noArguments().text((in, call) -> "hello"))
            .time(clock));

    @AfterEach
    void close() {
        clients.forEach(Conversation::close);
        server.close();
    }

    private void intercept(Interceptor interceptor) {
        server.server().catalog().intercept(interceptor);
    }

    private Conversation client(Revision revision) throws InterruptedException {
        Conversation client = Conversation.begin(server.wire(), revision);
        clients.add(client);
        return client;
    }

    private static RequestId echo(Conversation client) {
        return client.call("echo", Json.object());
    }

    private static RpcError error(Conversation client, RequestId id, int code) throws InterruptedException {
        return client.failure(id, code).error();
    }

    @BothEras
    void order_isThatOfRegistration(Revision revision) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        for (String name : List.of("outer", "inner")) {
            intercept((request, next) -> {
                seen.add("into " + name);
                Outcome outcome = next.proceed();
                seen.add("out of " + name);
                return outcome;
            });
        }
        Conversation client = client(revision);
        seen.clear();

        assertEquals("echo", client.text(echo(client)));
        assertEquals(List.of("into outer", "into inner", "out of inner", "out of outer"), seen);
    }

    /** Asks for one thing of each kind. */
    private static Map<String, String> requests(Revision revision) {
        return revision.modern() ? Map.of("server/discover", "{}")
                : Map.of("ping", "{}", "logging/setLevel", "{\"level\":\"error\"}", "resources/subscribe",
                        "{\"uri\":\"note:1\"}", "resources/unsubscribe", "{\"uri\":\"note:1\"}");
    }

    @BothEras
    void everyMethod_isSeenWithItsFeature(Revision revision) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        intercept((request, next) -> {
            Outcome outcome = next.proceed();
            seen.add(request.method() + request.feature().map(feature -> " " + feature).orElse("")
                    + (outcome instanceof Outcome.Failed failed ? " " + failed.code() : ""));
            return outcome;
        });
        Conversation client = client(revision);
        List<String> expected = new ArrayList<>(revision.modern() ? List.of() : List.of("initialize"));
        for (Map.Entry<String, String> request : requests(revision).entrySet()) {
            client.result(client.request(request.getKey(), object(request.getValue())));
            expected.add(request.getKey());
        }
        for (String list : List.of("tools/list", "resources/list", "resources/templates/list", "prompts/list")) {
            client.result(client.request(list, Json.object()));
            expected.add(list);
        }
        client.text(echo(client));
        client.result(client.request("prompts/get", object("{\"name\":\"greet\"}")));
        client.result(client.request("resources/read", object("{\"uri\":\"note:all\"}")));
        client.result(client.request("resources/read", object("{\"uri\":\"note:7\"}")));
        client.result(client.request("completion/complete", object("""
                {"ref":{"type":"ref/resource","uri":"note:{id}"},"argument":{"name":"id","value":"o"}}""")));
        client.failure(client.call("nothing", Json.object()), -32602);
        client.failure(client.request("tools/call", Json.object()), -32602);
        client.failure(client.request("no/such", Json.object()), -32601);
        expected.addAll(
                List.of("tools/call echo", "prompts/get greet", "resources/read note:all", "resources/read note:{id}",
                        "completion/complete", "tools/call -32602", "tools/call -32602", "no/such -32601"));

        assertEquals(expected, seen);
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    @BothEras
    void request_tellsWhatIsAskedAndByWhom(Revision revision) throws Exception {
        AtomicReference<Request> last = new AtomicReference<>();
        intercept((request, next) -> {
            last.set(request);
            return next.proceed();
        });
        Conversation client = client(revision);
        client.failure(client.request("tools/call", object("""
                {"name":"nothing","arguments":{"a":1},"_meta":{"example.org/x":2,
                "traceparent":"00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01","tracestate":"a=1,b=2"}}""")),
                -32602);

        Request seen = last.get();
        assertEquals("nothing", seen.params().path("name").stringValue());
        assertEquals(Json.object().put("a", 1), seen.arguments());
        assertEquals(revision, seen.context().client().revision());
        assertEquals(!revision.modern(), seen.context().session().map(SessionView::label).isPresent());
        assertEquals(2, seen.context().meta().path("example.org/x").intValue());
        assertEquals(new TraceContext("00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01", "a=1,b=2", ""),
                seen.context().trace());
    }

    @BothEras
    void handler_runsOnTheInterceptorsThread(Revision revision) throws Exception {
        intercept((request, next) -> {
            BOUND.set("bound");
            try {
                return next.proceed();
            } finally {
                BOUND.remove();
            }
        });
        Conversation client = client(revision);

        assertEquals("echo", client.text(echo(client)));
        assertEquals("bound", bound.get());
    }

    @BothEras
    void refusedRequest_isAnsweredWithTheErrorAndNotBegun(Revision revision) throws Exception {
        intercept((request, next) -> request.method().equals("tools/call")
                ? new Outcome.Failed(4_711, "not today", Json.object().put("why", "monday"))
                : next.proceed());
        Conversation client = client(revision);

        assertEquals(new RpcError(4_711, "not today", Json.object().put("why", "monday")),
                error(client, echo(client), 4_711));
        assertEquals(0, calls.get());
        client.result(client.request("tools/list", Json.object()));
    }

    @BothEras
    void resultThatIsRefusedAfterwards_isNotAnswered(Revision revision) throws Exception {
        intercept((request, next) -> {
            Outcome outcome = next.proceed();
            return outcome instanceof Outcome.Answered(var result) && result.toString().contains("echo")
                    && request.method().equals("tools/call") ? Outcome.failed(4_712, "too large") : outcome;
        });
        Conversation client = client(revision);

        assertEquals("too large", error(client, echo(client), 4_712).message());
        assertEquals(1, calls.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "checked", "error", "made up", "cancelled", "null", "twice"})
    void interceptorThatBreaks_isLoggedAndAnsweredWithoutItsWords(String how) throws Exception {
        List<Outcome> outside = new CopyOnWriteArrayList<>();
        intercept((request, next) -> {
            Outcome outcome = next.proceed();
            outside.add(outcome);
            return outcome;
        });
        intercept((request, next) -> request.method().equals("tools/call") ? broken(how, next) : next.proceed());
        for (Revision revision : List.of(Revision.NEWEST_LEGACY, Revision.NEWEST)) {
            Conversation client = client(revision);
            try (Log log = Log.of(Interception.class.getName())) {
                RpcError error = error(client, echo(client), -32603);
                assertEquals("Internal error; the server's log says why", error.message());
                assertNull(error.data());
                assertEquals(1, log.lines("InterceptorsTest").size(), () -> log.lines().toString());
            }
            assertEquals(new Outcome.Failed(-32603, "Internal error; the server's log says why", null),
                    outside.getLast());
            client.result(client.request("tools/list", Json.object()));
        }
    }

    @SuppressWarnings("NullAway") // an interceptor that does not keep to its signature
    private static Outcome broken(String how, Interceptor.Next next) throws Exception {
        return switch (how) {
            case "exception" -> throw new IllegalArgumentException("secret");
            case "checked" -> throw new Exception("secret");
            case "error" -> throw new StackOverflowError("secret");
            case "made up" -> new Outcome.Answered(Json.object().put("secret", true));
            case "cancelled" -> Outcome.Cancelled.CANCELLED;
            case "null" -> null;
            default -> {
                next.proceed();
                yield next.proceed();
            }
        };
    }

    @BothEras
    void cancelledCall_isSeenAsCancelled(Revision revision) throws Exception {
        AtomicReference<Outcome> seen = new AtomicReference<>();
        intercept((request, next) -> {
            Outcome outcome = next.proceed();
            if (request.method().equals("tools/call")) {
                seen.set(outcome);
            }
            return outcome;
        });
        Conversation client = client(revision);
        RequestId id = client.call("wait", Json.object());
        gate.awaitEntered(1);
        client.cancel(id);

        Await.until(() -> seen.get() == Outcome.Cancelled.CANCELLED, "the cancelled call");
        assertEquals("echo", client.text(echo(client)));
        assertTrue(client.heard().stream().noneMatch(m -> m instanceof Message.Response r && id.equals(r.id())));
    }

    @BothEras
    void callThatTimesOut_isSeenAsSuch(Revision revision) throws Exception {
        AtomicReference<Outcome> seen = new AtomicReference<>();
        intercept((request, next) -> {
            Outcome outcome = next.proceed();
            seen.set(outcome);
            return outcome;
        });
        Conversation client = client(revision);
        RequestId id = client.call("short", Json.object());
        gate.awaitEntered(1);
        clock.advance(Duration.ofSeconds(6));

        assertTrue(client.result(id).path("isError").booleanValue());
        Await.until(() -> seen.get() == Outcome.TimedOut.TIMED_OUT, "the call that timed out");
    }

    @BothEras
    void interceptorThatWaits_isInterruptedWithItsCall(Revision revision) throws Exception {
        intercept((request, next) -> {
            if (request.method().equals("tools/call")) {
                gate.pass();
            }
            return next.proceed();
        });
        Conversation client = client(revision);
        try (Log log = Log.of(Interception.class.getName())) {
            RequestId id = echo(client);
            gate.awaitEntered(1);
            client.cancel(id);
            gate.awaitInterrupted();
            gate.release(1);
            assertEquals("echo", client.text(echo(client)));
            assertEquals(List.of(), log.lines());
        }
        assertEquals(1, calls.get());
    }

    @BothEras
    void interceptorAddedWhileTheServerRuns_standsAroundTheNextRequest(Revision revision) throws Exception {
        Conversation client = client(revision);
        RequestId running = client.call("wait", Json.object());
        gate.awaitEntered(1);
        intercept((request, next) -> Outcome.failed(4_713, "closed"));
        error(client, echo(client), 4_713);
        gate.release(1);

        assertEquals("released", client.text(running));
    }

    @Test
    void listen_beginsOnceItIsLetThrough() throws Exception {
        List<Outcome> seen = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        intercept((request, next) -> {
            Outcome outcome = asked.getAndIncrement() == 0 ? Outcome.failed(4_715, "no") : next.proceed();
            seen.add(outcome);
            return outcome;
        });
        Conversation client = client(Revision.NEWEST);
        ObjectNode filter = object("{\"notifications\":{\"toolsListChanged\":true}}");
        error(client, client.request("subscriptions/listen", filter), 4_715);
        assertEquals(0, server.server().subscriptions().size());
        RequestId id = client.request("subscriptions/listen", filter);
        client.notice("notifications/subscriptions/acknowledged", 1);

        assertEquals(new Outcome.Answered(Json.object()), seen.getLast());
        assertEquals(1, server.server().subscriptions().size());
        client.cancel(id);
        Await.until(() -> server.server().subscriptions().size() == 0, "the end of the subscription");
        assertEquals("echo", client.text(echo(client)));
    }

    @Test
    void plugin_bringsInterceptors() throws Exception {
        McpServer.Builder options = McpServer.named("test", "1")
                .plugin(catalog -> catalog.intercept((request, next) -> Outcome.failed(4_716, "plugin")))
                .intercept((request, next) -> Outcome.failed(4_717, "builder"));
        try (TestServer other = TestServer.of(options);
                Conversation client = Conversation.begin(other.wire(), Revision.NEWEST)) {
            error(client, client.request("tools/list", Json.object()), 4_716);
        }
    }
}
