package dev.mooring.app;

import static dev.mooring.testkit.Results.assertRefused;
import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.client.Responders;
import dev.mooring.feature.Interceptor;
import dev.mooring.feature.Outcome;
import dev.mooring.feature.Request;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.Elicited;
import dev.mooring.model.Revision;
import dev.mooring.rpc.RequestId;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.BothEras;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The Java in {@code docs/interceptors.md}, here to be compiled and run. */
class InterceptorsDocumentTest {

    static final class RequestMetrics implements Interceptor {
        private final LongSupplier nanos;
        private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
        private final Map<String, LongAdder> times = new ConcurrentHashMap<>();

        RequestMetrics(LongSupplier nanos) {
            this.nanos = nanos;
        }

        @Override
        public Outcome around(Request request, Next next) {
            long begun = nanos.getAsLong();
            Outcome outcome = next.proceed();
            String series = name(request, outcome) + " " + word(outcome);
            counts.computeIfAbsent(series, key -> new LongAdder()).increment();
            times.computeIfAbsent(series, key -> new LongAdder()).add(nanos.getAsLong() - begun);
            return outcome;
        }

        private static String name(Request request, Outcome outcome) {
            boolean unknown = outcome instanceof Outcome.Failed failed && failed.code() == -32601;
            return (unknown ? "other" : request.method()) + request.feature().map(key -> " " + key).orElse("");
        }

        private static String word(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Answered answered when answered.isError() -> "tool_error";
                case Outcome.Answered answered when answered.inputRequired() -> "input_required";
                case Outcome.Answered answered -> "ok";
                case Outcome.Failed failed -> "error " + failed.code();
                case Outcome.Cancelled cancelled -> "cancelled";
                case Outcome.TimedOut timedOut -> "timed_out";
            };
        }
    }

    static final class AtMost implements Interceptor {
        private final int most;
        private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

        AtMost(int most) {
            this.most = most;
        }

        @Override
        public Outcome around(Request request, Next next) {
            if (!request.method().equals("tools/call") || request.feature().isEmpty()) {
                return next.proceed();
            }
            String tool = request.feature().get();
            Semaphore free = places.computeIfAbsent(tool, name -> new Semaphore(most));
            if (!free.tryAcquire()) {
                return Outcome.overloaded(most + " calls of tool " + tool, Duration.ofSeconds(1));
            }
            try {
                return next.proceed();
            } finally {
                free.release();
            }
        }
    }

    static final Interceptor TRACED = (request, next) -> {
        MDC.put("trace", request.context().trace().traceId());
        try {
            return next.proceed();
        } finally {
            MDC.remove("trace");
        }
    };

    static McpServer.Builder intercepted(McpServer.Builder server) {
        return server.intercept(TRACED).intercept(new RequestMetrics(System::nanoTime)).intercept(new AtMost(8));
    }

    record Name(String name) {}

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final FakeClock clock = new FakeClock();
    private final RequestMetrics metrics = new RequestMetrics(clock::nanos);
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);
    private final TestServer server = TestServer.of(McpServer.named("test", "1")
            .intercept(TRACED)
            .intercept(metrics)
            .intercept(new AtMost(2))
            .tool(Tool.named("work").timeout(Duration.ofMinutes(1)).noArguments().text((in, call) -> {
                begun.release();
                released.acquire();
                return "done";
            }))
            .tool(Tool.named("fail").noArguments().text((in, call) -> {
                throw new ToolException("no");
            }))
            .tool(Tool.named("trace").noArguments().text((in, call) -> String.valueOf(MDC.get("trace"))))
            .tool(Tool.named("ask").noArguments().text((in, call) -> switch (call.elicit("who", "Who?", Name.class)) {
                case Elicited.Accepted<Name>(Name answer) -> answer.name();
                default -> "nobody";
            }))
            .time(clock));

    @AfterEach
    void close() {
        server.close();
    }

    private SortedMap<String, Long> counted() {
        SortedMap<String, Long> counted = new TreeMap<>();
        metrics.counts.forEach((series, count) -> counted.put(series, count.sum()));
        return counted;
    }

    private Duration time(String series) {
        LongAdder time = metrics.times.get(series);
        return Duration.ofNanos(time == null ? 0 : time.sum());
    }

    private void awaitCounted(String series) {
        Await.until(() -> counted().containsKey(series), series + " to be counted");
    }

    @BothEras
    void requests_areCountedByWhatCameOfThem(Revision revision) throws Exception {
        try (McpClient client = server.connect(revision)) {
            client.tools();
            assertToolError("no", client.call("fail", Map.of()));
            assertToolError("no", client.call("fail", Map.of()));
            assertToolError("Invalid arguments", client.call("fail", Map.of("a", 1)));
            assertRefused(-32602, () -> client.call("none", Map.of()));
            assertRefused(-32601, () -> client.request("no/such", Json.object()));
            if (!revision.modern()) {
                client.request("ping", Json.object());
            }
        }
        SortedMap<String, Long> expected = new TreeMap<>(Map.of("tools/list ok", 1L, "tools/call fail tool_error", 3L,
                "tools/call error -32602", 1L, "other error -32601", 1L));
        expected.putAll(
                revision.modern() ? Map.of("server/discover ok", 1L) : Map.of("initialize ok", 1L, "ping ok", 1L));

        assertEquals(expected, counted());
    }

    @BothEras
    void calls_areTimedAlsoWhenCancelledOrTimedOut(Revision revision) throws Exception {
        try (Conversation client = Conversation.begin(server.wire(), revision)) {
            RequestId first = client.call("work", Json.object());
            Await.permits(begun, 1, "the first call");
            clock.advance(Duration.ofSeconds(20));
            released.release();
            assertEquals("done", client.text(first));
            assertEquals(Duration.ofSeconds(20), time("tools/call work ok"));

            RequestId second = client.call("work", Json.object());
            Await.permits(begun, 1, "the second call");
            clock.advance(Duration.ofSeconds(30));
            client.cancel(second);
            awaitCounted("tools/call work cancelled");
            assertEquals(Duration.ofSeconds(30), time("tools/call work cancelled"));

            RequestId third = client.call("work", Json.object());
            Await.permits(begun, 1, "the third call");
            clock.advance(Duration.ofSeconds(62));
            assertTrue(client.result(third).path("isError").booleanValue());
            awaitCounted("tools/call work timed_out");
            assertTrue(time("tools/call work timed_out").compareTo(Duration.ofSeconds(60)) >= 0);
        }
    }

    @BothEras
    void tool_runsAtMostSoOftenAtOnce(Revision revision) throws Exception {
        try (Conversation client = Conversation.begin(server.wire(), revision)) {
            RequestId first = client.call("work", Json.object());
            RequestId second = client.call("work", Json.object());
            Await.permits(begun, 2, "two calls");
            RequestId third = client.call("work", Json.object());

            assertEquals("Overloaded: 2 calls of tool work; try again later",
                    client.failure(third, Outcome.OVERLOADED).error().message());
            assertEquals("", client.text(client.call("trace", Json.object())));
            released.release(2);
            assertEquals("done", client.text(first));
            assertEquals("done", client.text(second));
            released.release();
            assertEquals("done", client.text(client.call("work", Json.object())));
            assertEquals(1, counted().get("tools/call work error -31000"));
        }
    }

    @BothEras
    void questionToTheClient_isARoundOfItsOwnWithoutSessions(Revision revision) throws Exception {
        Responders ada = Responders.NONE.withForms(form -> new Elicited.Accepted<>(Json.object().put("name", "Ada")));
        ClientOptions options = ClientOptions.DEFAULT.withRevision(revision).withResponders(ada);
        try (McpClient client = server.connect(options)) {
            assertText("Ada", client.call("ask", Map.of()));
        }
        assertEquals(revision.modern(), counted().containsKey("tools/call ask input_required"));
        assertEquals(1, counted().get("tools/call ask ok"));
    }

    @BothEras
    void trace_isThereForTheHandler(Revision revision) throws Exception {
        try (Conversation client = Conversation.begin(server.wire(), revision)) {
            RequestId id = client.request("tools/call", Json.mapper()
                    .readTree("""
                            {"name":"trace","_meta":{"traceparent":"00-%s-00f067aa0ba902b7-01"}}""".formatted(TRACE))
                    .asObject());

            assertEquals(TRACE, client.text(id));
        }
    }

    @Test
    void serverOfTheDocument_serves() throws Exception {
        try (TestServer other = TestServer.of(intercepted(McpServer.named("test", "1")));
                McpClient client = other.connect()) {
            assertEquals("test", client.server().name());
        }
    }

    @Test
    void document_showsWhatIsCompiledHere() throws IOException {
        ShownCode.check(Path.of("../docs/interceptors.md"), "InterceptorsDocumentTest", 4);
    }
}
