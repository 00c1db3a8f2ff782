package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.auth.Principal;
import dev.mooring.client.McpClient;
import dev.mooring.client.Subscription;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.Tool;
import dev.mooring.lease.EndReason;
import dev.mooring.model.Change;
import dev.mooring.model.Revision;
import dev.mooring.protocol.SubscriptionLimits;
import dev.mooring.rpc.RpcException;
import dev.mooring.server.McpServer;
import dev.mooring.transport.TransportException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that listens, in either era. */
@Timeout(60)
class ListenTest {
    private static final Change NOTE = new Change.Resource("note:1");

    private final TestServer server = TestServer.of(McpServer.named("test", "1")
            .tool(tool("save"))
            .resource(Resource.at("note:1").text(call -> "one"))
            .prompt(prompt("ask"))
            .subscriptions(SubscriptionLimits.DEFAULT.withPerConnection(2).withResources(2)));

    @AfterEach
    void close() {
        server.close();
    }

    private static Tool tool(String name) {
        return Tool.named(name).noArguments().text((in, call) -> {
            call.resourceUpdated("note:1");
            return "saved";
        });
    }

    private static Prompt prompt(String name) {
        return Prompt.named(name).noArguments().text((in, call) -> "ask");
    }

    /** The next so many changes; their order within one announcement says nothing. */
    private static Set<Change> next(Subscription subscription, int count) throws InterruptedException {
        Set<Change> changes = new HashSet<>();
        for (int i = 0; i < count; i++) {
            changes.add(subscription.next().orElseThrow());
        }
        return changes;
    }

    @BothEras
    void everyKindOfChange_isTold(Revision revision) throws Exception {
        try (McpClient client = server.connect(revision)) {
            client.tools();
            Subscription all =
                    client.listen(Change.Listing.TOOLS, Change.Listing.PROMPTS, Change.Listing.RESOURCES, NOTE);
            assertEquals(Set.of(Change.Listing.TOOLS, Change.Listing.PROMPTS, Change.Listing.RESOURCES, NOTE),
                    all.honoured());
            server.server().catalog().tools().add(tool("more"));
            server.server().catalog().prompts().add(prompt("more"));
            server.server().catalog().resources().add(Resource.at("note:2").text(call -> "two"));
            client.call("save", Map.of());

            assertEquals(all.honoured(), next(all, 4));
        }
    }

    @BothEras
    void subscriptions_areToldOfWhatEachWants(Revision revision) throws Exception {
        try (McpClient client = server.connect(revision)) {
            client.tools();
            Subscription lists = client.listen(EnumSet.allOf(Change.Listing.class).toArray(new Change[0]));
            Subscription note = client.listen(NOTE);
            server.server().catalog().resourceUpdated("note:1");
            assertEquals(Optional.of(NOTE), note.next());
            server.server().catalog().prompts().remove("ask");

            assertEquals(Optional.of(Change.Listing.PROMPTS), lists.next());
        }
    }

    @BothEras
    void closedSubscription_isToldNoMoreAndOthersAre(Revision revision) throws Exception {
        try (McpClient client = server.connect(revision)) {
            client.tools();
            Subscription one = client.listen(NOTE);
            Subscription two = client.listen(NOTE);
            one.close();
            one.close();
            server.server().catalog().resourceUpdated("note:1");

            assertEquals(Optional.of(NOTE), two.next());
            assertEquals(Optional.empty(), one.next());
            two.close();
            client.listen(NOTE).close();
        }
    }

    @BothEras
    void subscriptionThatIsRefused_leavesNothing(Revision revision) throws Exception {
        try (McpClient client = server.connect(revision)) {
            Change[] many = {NOTE, new Change.Resource("note:2"), new Change.Resource("note:3")};
            server.server().catalog().resources().add(Resource.at("note:2").text(call -> "two"));
            server.server().catalog().resources().add(Resource.at("note:3").text(call -> "three"));
            assertThrows(RpcException.class, () -> client.listen(many));

            assertEquals(0, server.server().subscriptions().size());
            client.listen(NOTE).close();
        }
    }

    @BothEras
    void closedConnection_endsSubscriptionsWithACause(Revision revision) throws Exception {
        McpClient client = server.connect(revision);
        Subscription note = client.listen(NOTE);
        server.server().catalog().resourceUpdated("note:1");
        assertEquals(Optional.of(NOTE), note.next());
        client.close();

        assertThrows(TransportException.class, note::next);
    }

    @Test
    void subscriptionTheServerEnds_hasNoMore() throws Exception {
        try (McpClient client = server.connect()) {
            Subscription note = client.listen(NOTE);
            server.server().subscriptions().closeAll(Principal.LOCAL, EndReason.MANUAL);

            assertEquals(Optional.empty(), note.next());
        }
    }

    @BothEras
    void serverWithNothingOfAKind_doesNotTellOfIt(Revision revision) throws Exception {
        try (TestServer bare = TestServer.of(tool("save")); McpClient client = bare.connect(revision)) {
            Subscription all = client.listen(Change.Listing.TOOLS, Change.Listing.PROMPTS, NOTE);

            assertEquals(Set.of(Change.Listing.TOOLS), all.honoured());
        }
    }
}
