package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Await;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.TestServer;
import dev.mooring.testkit.Together;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** What holds of subscriptions whichever of two things comes first. */
@Timeout(60)
class SubscriptionRacesTest {
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    private static final String UPDATED = "notifications/resources/updated";

    private final FakeClock clock = new FakeClock();
    private final TestServer server = TestServer.of(McpServer.named("test", "1")
            .tool(Tool.named("echo").noArguments().text((in, call) -> "echo"))
            .resourceTemplate(ResourceTemplate.of("note:{id}").text((in, call) -> in.get("id")))
            .subscriptions(SubscriptionLimits.DEFAULT.withPerConnection(10_000))
            .time(clock));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
        server.close();
    }

    private static void listen(Conversation client, RequestId id) {
        ObjectNode params = Json.object();
        params.putObject("notifications").putArray("resourceSubscriptions").add("note:1");
        client.request(id, "subscriptions/listen", params);
    }

    private void update() {
        server.server().catalog().resourceUpdated("note:1");
        clock.advance(Publisher.GATHERING);
    }

    private static List<String> heard(Conversation client, RequestId id) {
        return client.heard()
                .stream()
                .map(message -> assertInstanceOf(Message.Notification.class, message))
                .filter(notice -> id.equals(RequestId.read(Objects.requireNonNull(notice.params())
                        .path("_meta")
                        .path("io.modelcontextprotocol/subscriptionId"))))
                .map(Message.Notification::method)
                .toList();
    }

    @Test
    void changeBesideAnOpening_isToldAfterTheAcknowledgementOrNotAtAll() throws Exception {
        Conversation client = Conversation.silent(server.wire(), Revision.NEWEST);
        for (int i = 1; i <= 1_000; i++) {
            RequestId id = RequestId.of(i);
            Together.<Integer>run(threads, List.of(() -> {
                listen(client, id);
                return 0;
            }, () -> {
                update();
                return 0;
            }));
            client.notice(ACKNOWLEDGED, i);
            assertEquals(ACKNOWLEDGED, heard(client, id).getFirst());
            client.cancel(id);
            Await.until(() -> server.server().subscriptions().size() == 0, "the subscription to end");
        }
    }

    @Test
    void changeAfterTheAcknowledgement_isAlwaysTold() throws Exception {
        Conversation client = Conversation.silent(server.wire(), Revision.NEWEST);
        for (int i = 1; i <= 300; i++) {
            int told = client.notices(UPDATED).size();
            RequestId id = RequestId.of(i);
            listen(client, id);
            client.notice(ACKNOWLEDGED, i);
            update();
            client.notice(UPDATED, told + 1);
            client.cancel(id);
            Await.until(() -> server.server().subscriptions().size() == 0, "the subscription to end");
        }
    }

    @Test
    void subscriptionThatOpensWhileItsChannelCloses_isNotLeftBehind() throws Exception {
        for (int i = 0; i < 500; i++) {
            Conversation client = Conversation.silent(server.wire(), Revision.NEWEST);
            Together.<Integer>run(threads, List.of(() -> {
                try {
                    listen(client, RequestId.of(1));
                } catch (TransportException e) {
                    return 1; // the other was first
                }
                return 0;
            }, () -> {
                client.close();
                return 0;
            }));
        }
        Await.until(() -> server.server().subscriptions().size() == 0, "all subscriptions to end");
        assertEquals(DrainResult.CLEAN, server.server().drain(Await.LIMIT));
    }

    @Test
    void subscriptionThatOpensWhileTheServerDrains_isEndedOrRefused() throws Exception {
        Conversation client = Conversation.silent(server.wire(), Revision.NEWEST);
        Together.<Integer>run(threads, List.of(() -> {
            for (int i = 1; i <= 500; i++) {
                listen(client, RequestId.of(i));
            }
            return 0;
        }, () -> {
            assertEquals(DrainResult.CLEAN, server.server().drain(Await.LIMIT));
            return 0;
        }));
        for (int i = 1; i <= 500; i++) {
            client.response(RequestId.of(i));
        }
        assertEquals(0, server.server().subscriptions().size());
    }

    @Test
    void changesFromManyThreads_areAllToldInTheEnd() throws Exception {
        Conversation client = Conversation.silent(server.wire(), Revision.NEWEST);
        ObjectNode params = Json.object();
        ObjectNode wanted = params.putObject("notifications");
        for (int i = 0; i < 100; i++) {
            wanted.withArray("resourceSubscriptions").add("note:" + i);
        }
        client.request(RequestId.of(1), "subscriptions/listen", params);
        client.notice(ACKNOWLEDGED, 1);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 10; thread++) {
            int first = thread * 10;
            tasks.add(() -> {
                for (int i = first; i < first + 10; i++) {
                    server.server().catalog().resourceUpdated("note:" + i);
                    clock.advance(Publisher.GATHERING.dividedBy(3));
                }
                return 0;
            });
        }
        Together.run(threads, tasks);
        clock.advance(Publisher.GATHERING);

        client.notice(UPDATED, 100);
        assertEquals(100,
                client.notices(UPDATED)
                        .stream()
                        .map(notice -> Objects.requireNonNull(notice.params()).path("uri"))
                        .distinct()
                        .count());
    }
}
