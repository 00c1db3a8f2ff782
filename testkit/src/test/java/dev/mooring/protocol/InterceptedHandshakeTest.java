package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Outcome;
import dev.mooring.feature.Tool;
import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.Conversation;
import dev.mooring.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interceptors around {@code initialize}, which may take their time, and around what a client sends without waiting for it. */
class InterceptedHandshakeTest {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}""";

    private final Gate gate = new Gate();
    private final TestServer server = TestServer
            .of(McpServer.named("test", "1").tool(Tool.named("echo").noArguments().text((in, call) -> "echo")));
    private final Conversation client = Conversation.silent(server.wire(), Revision.NEWEST_LEGACY);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** From now on an {@code initialize} waits until it is let go. */
    private void holdInitialize() {
        server.server().catalog().intercept((request, next) -> {
            if (request.method().equals("initialize")) {
                gate.pass();
            }
            return next.proceed();
        });
    }

    private RequestId initialize() {
        return client.request("initialize",
                Json.object().put("protocolVersion", "2025-11-25").set("capabilities", Json.object()));
    }

    private RequestId echo() {
        return client.call("echo", Json.object());
    }

    @Test
    void refusedInitialize_opensNoSession() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        server.server()
                .catalog()
                .intercept((request, next) -> refused.getAndIncrement() == 0 ? Outcome.failed(4_714, "later")
                        : next.proceed());
        client.failure(initialize(), 4_714);

        assertEquals(0, server.server().sessions().size());
        client.handshake();
        assertEquals(1, server.server().sessions().size());
        assertEquals("echo", client.text(echo()));
    }

    @Test
    void whatFollowsAnInitializeThatTakesTime_waitsForItInOrder() throws Exception {
        holdInitialize();
        RequestId first = initialize();
        gate.awaitEntered(1);
        client.notify("notifications/initialized", null);
        RequestId second = initialize();
        RequestId called = echo();
        RequestId pinged = client.request("ping", Json.object());
        assertEquals(0, client.units());
        gate.release(2);

        assertEquals("2025-11-25", client.result(first).path("protocolVersion").stringValue());
        assertEquals("echo", client.text(called));
        client.result(pinged);
        client.failure(second, -32600);
        assertEquals(first, assertInstanceOf(Message.Response.class, client.heard().getFirst()).id());
        assertEquals(1, server.server().sessions().size());
    }

    @Test
    void moreThanCanWaitForInitialize_isToldToInitialize() throws Exception {
        holdInitialize();
        initialize();
        gate.awaitEntered(1);
        List<RequestId> waiting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            waiting.add(echo());
        }
        client.failure(echo(), -32602);
        gate.release(1);

        for (RequestId id : waiting) {
            assertEquals("echo", client.text(id));
        }
    }

    @Test
    void withoutInterceptors_whatOnlyReadsIsAnsweredAtOnce() {
        HttpLike http = new HttpLike();
        try (McpServer plain = McpServer.named("test", "1").transport(http).start()) {
            assertTrue(http.client().post(INITIALIZE).isAnswered());
            plain.catalog().intercept((request, next) -> {
                gate.pass();
                return next.proceed();
            });
            assertFalse(http.client().post(INITIALIZE).isAnswered());
            gate.release(1);
        }
    }
}
