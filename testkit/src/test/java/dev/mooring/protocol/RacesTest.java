package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Call;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.TestServer;
import dev.mooring.transport.Answer;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** What holds whichever of two things comes first. */
@Timeout(60)
class RacesTest {
    private final AtomicInteger working = new AtomicInteger();

    /** Works until it is interrupted. */
    private final Tool wait = Tool.named("wait").noArguments().text((in, call) -> {
        working.incrementAndGet();
        try {
            Thread.sleep(Duration.ofHours(1));
            return "";
        } finally {
            working.decrementAndGet();
        }
    });

    @Test
    void callCancelledWhileItStarts_givesItsPlaceBack() throws Exception {
        HttpLike http = new HttpLike();
        McpServer server =
                McpServer.named("test", "1").tool(wait).calls(CallLimits.DEFAULT.withTotal(1)).transport(http).start();
        try (server; ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpLike.Client client = http.client().initialize("2025-11-25");
            for (int i = 0; i < 2_000; i++) {
                Future<Recorded> call = threads.submit(() -> client.call(1, "wait"));
                Await.until(() -> {
                    client.post("""
                            {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
                    return call.isDone() && call.resultNow().isAnswered();
                }, "the call to be cancelled");
                assertEquals(Answer.silent(), call.get().answer());
            }
            Await.until(() -> working.get() == 0, "all handlers to be interrupted");
        }
    }

    @Test
    void callSentWhileItsChannelCloses_isInterrupted() throws Exception {
        try (TestServer server = TestServer.of(wait);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                Revision revision = i % 2 == 0 ? Revision.NEWEST : Revision.NEWEST_LEGACY;
                Conversation client = Conversation.begin(server.wire(), revision);
                Future<?> calls = threads.submit(() -> callUntilClosed(client));
                client.close();
                calls.get();
            }
            Await.until(() -> working.get() == 0, "all handlers to be interrupted");
            assertEquals(DrainResult.CLEAN, server.server().drain(Await.LIMIT));
        }
    }

    private static void callUntilClosed(Conversation client) {
        try {
            for (int i = 0; i < 50; i++) {
                client.call("wait", Json.object());
            }
        } catch (TransportException e) {
            // closed
        }
    }

    @Test
    void requestsSentWhileADrainBegins_areAllAnswered() throws Exception {
        for (int round = 0; round < 50; round++) {
            Tool echo = Tool.named("echo").noArguments().text((in, call) -> "hello");
            try (TestServer server = TestServer.of(echo);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Conversation client = Conversation.begin(server.wire(), Revision.NEWEST);
                List<RequestId> ids = new ArrayList<>();
                Future<DrainResult> drain = null;
                for (int i = 0; i < 100; i++) {
                    ids.add(client.call("echo", Json.object()));
                    drain = i == 50 ? threads.submit(() -> server.server().drain(Await.LIMIT)) : drain;
                }
                for (RequestId id : ids) {
                    client.response(id);
                }
                assertEquals(DrainResult.CLEAN, drain == null ? null : drain.get());
            }
        }
    }

    @Test
    void threadsOfAHandlerThatReportAtOnce_areHeardInOrderAndNotAfterTheAnswer() throws Exception {
        AtomicInteger next = new AtomicInteger();
        Tool tool = Tool.named("many").noArguments().text((in, call) -> {
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> report(call, next));
            }
            Await.until(() -> next.get() > 500, "some progress");
            threads.shutdown(); // and its threads go on for a while
            return "done";
        });
        try (TestServer server = TestServer.of(tool)) {
            for (int round = 0; round < 20; round++) {
                next.set(0);
                Conversation client = Conversation.begin(server.wire(), Revision.NEWEST);
                ObjectNode params = Json.object().put("name", "many");
                params.putObject("_meta").put("progressToken", 1).put("io.modelcontextprotocol/logLevel", "debug");
                client.text(client.request("tools/call", params));
                Await.until(() -> next.get() > 2_000, "the threads to end");
                List<Message> heard = client.heard();

                assertInstanceOf(Message.Response.class, heard.getLast());
                double before = 0;
                for (Message message : heard) {
                    if (message instanceof Message.Notification notice && notice.params() != null
                            && notice.params().has("progress")) {
                        double now = notice.params().path("progress").asDouble(0);
                        assertTrue(now > before, () -> "progress goes back: " + heard);
                        before = now;
                    }
                }
            }
        }
    }

    private static void report(Call call, AtomicInteger next) {
        try {
            for (int step = next.incrementAndGet(); step <= 2_100; step = next.incrementAndGet()) {
                call.progress(step, 0);
                call.log(LogLevel.INFO, "", step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
