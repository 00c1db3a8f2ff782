package dev.mooring.protocol;

import static dev.mooring.testkit.Results.assertText;
import static dev.mooring.testkit.Results.assertToolError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.feature.Tool;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.LeaseKind;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.testkit.FakeClock;
import dev.mooring.testkit.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** State that crosses calls by a handle. */
class HandlesTest {
    private static final Principal ALICE = new Principal("issuer", "alice", Set.of());
    private static final Principal BOB = new Principal("issuer", "bob", Set.of());

    record Basket(int apples) {}

    record Buy(int apples, long seconds) {}

    record Look(String basket) {}

    private final FakeClock clock = new FakeClock();
    private final TestServer server = TestServer.of(McpServer.named("shop", "1")
            .time(clock)
            .handles(HandleLimits.DEFAULT.withPerOwner(3))
            .tool(Tool.named("buy")
                    .arguments(Buy.class)
                    .text((in, call) -> call.handles()
                            .open(new Basket(in.apples()), Duration.ofSeconds(in.seconds()))
                            .id()))
            .tool(Tool.named("look")
                    .arguments(Look.class)
                    .text((in, call) -> call.handles().get(in.basket(), Basket.class).apples() + " apples"))
            .tool(Tool.named("misread")
                    .arguments(Look.class)
                    .text((in, call) -> call.handles().get(in.basket(), String.class)))
            .tool(Tool.named("drop")
                    .arguments(Look.class)
                    .text((in, call) -> String.valueOf(call.handles().close(in.basket())))));

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void value_isThereInTheNextCall(Revision revision) throws Exception {
        try (McpClient client = server.connect(revision)) {
            String id = buy(client, 3, 60);
            assertText("3 apples", client.call("look", new Look(id)));
        }
    }

    @Test
    void value_isThereOnAnotherConnectionOfItsOwner() throws Exception {
        try (McpClient one = as(ALICE); McpClient two = as(ALICE)) {
            assertText("3 apples", two.call("look", new Look(buy(one, 3, 60))));
        }
    }

    @Test
    void foreignHandle_looksLikeNone() throws Exception {
        try (McpClient alice = as(ALICE); McpClient bob = as(BOB)) {
            String id = buy(alice, 3, 60);
            assertToolError("no such handle", bob.call("look", new Look(id)));
            assertText("false", bob.call("drop", new Look(id)));
            assertText("3 apples", alice.call("look", new Look(id)));
        }
    }

    @Test
    void expiredHandle_isGoneAndSaysWhatToDo() throws Exception {
        try (McpClient client = as(ALICE)) {
            String id = buy(client, 3, 60);
            clock.advance(Duration.ofSeconds(59));
            assertText("3 apples", client.call("look", new Look(id)));
            clock.advance(Duration.ofSeconds(3));
            assertToolError("Call the tool that opens it again", client.call("look", new Look(id)));
            assertEquals(0, server.server().handles().size());
        }
    }

    @Test
    void closedHandle_isGone() throws Exception {
        try (McpClient client = as(ALICE)) {
            String id = buy(client, 3, 60);
            assertText("true", client.call("drop", new Look(id)));
            assertText("false", client.call("drop", new Look(id)));
            assertToolError("no such handle", client.call("look", new Look(id)));
        }
    }

    @Test
    void otherType_isRefusedLikeAHandleThatIsNotThere() throws Exception {
        try (McpClient client = as(ALICE)) {
            assertToolError("no such handle", client.call("misread", new Look(buy(client, 3, 60))));
        }
    }

    @Test
    void ownerAtTheLimit_isRefusedUntilOneEnds() throws Exception {
        try (McpClient alice = as(ALICE); McpClient bob = as(BOB)) {
            String first = buy(alice, 1, 60);
            buy(alice, 2, 60);
            buy(alice, 3, 60);
            assertToolError("3 handles", alice.call("buy", new Buy(4, 60)));
            buy(bob, 1, 60);
            alice.call("drop", new Look(first));
            buy(alice, 4, 60);
        }
    }

    @Test
    void handles_areListedCountedAndClosedLikeAnyLease() throws Exception {
        try (McpClient alice = as(ALICE); McpClient bob = as(BOB)) {
            buy(alice, 1, 60);
            buy(alice, 2, 60);
            buy(bob, 3, 60);
            HandleTable handles = server.server().handles();
            assertEquals(3, handles.leases().size());
            assertTrue(handles.leases()
                    .stream()
                    .allMatch(lease -> lease.kind() == LeaseKind.HANDLE && lease.label().matches("handle-\\d+-\\d+")));
            assertEquals(2, handles.closeAll(ALICE, EndReason.MANUAL));
            assertEquals(1, handles.size());
        }
    }

    private McpClient as(Principal principal) throws InterruptedException {
        return McpClient.connect(server.transport().connect(principal), ClientOptions.DEFAULT);
    }

    private static String buy(McpClient client, int apples, long seconds) throws InterruptedException {
        String id = client.call("buy", Map.of("apples", apples, "seconds", seconds)).text();
        assertEquals(38, id.length(), id);
        return id;
    }
}
