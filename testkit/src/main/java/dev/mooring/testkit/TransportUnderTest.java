package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.client.Responders;
import dev.mooring.feature.Plugin;
import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.server.McpServer;
import dev.mooring.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/**
 * A transport with a server on it, for tests that extend this: what they must tell, and what they get. A server with a few
 * tools is started on the transport before each test and closed after it; every connection made with {@link #open} or
 * {@link #join} is closed too.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportUnderTest {
    /** The tools of the server under test. */
    final ContractTools tools = new ContractTools();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable McpServer server; // set before each test

    /** The transport under test, not started yet. Asked once for each test, before {@link #connect}. */
    protected abstract Transport transport();

    /** A new connection to the running transport. */
    protected abstract TestWire connect();

    /** Whether the transport serves that revision at all. */
    protected boolean serves(Revision revision) {
        return true;
    }

    /** Whether all messages of a connection share one ordered channel; over HTTP each request stands alone. */
    protected boolean sharedChannel() {
        return true;
    }

    /** Whether a request's id counts beyond the request, so that it cannot be in use twice. */
    protected boolean sharesIds(Revision revision) {
        return true;
    }

    /** Whether calls in progress are interrupted when their client closes its end. */
    protected boolean closeCancels(Revision revision) {
        return true;
    }

    /** The longest message the transport under test takes. */
    protected int maxBytes() {
        return JsonLimits.DEFAULT.bytes();
    }

    /** The server under test, running. */
    protected final McpServer server() {
        if (server == null) {
            throw new IllegalStateException("the server is started before each test");
        }
        return server;
    }

    /** A connection by hand, with handshake where the revision has one. */
    protected final Conversation open(Revision revision) throws InterruptedException {
        assumeTrue(serves(revision), () -> "not served here: " + revision.version());
        TestWire wire = connect();
        opened.add(wire);
        return Conversation.begin(wire, revision);
    }

    /** A client. */
    protected final McpClient join(Revision revision) throws InterruptedException {
        return join(revision, Responders.NONE);
    }

    /** A client that answers what it is asked. */
    protected final McpClient join(Revision revision, Responders responders) throws InterruptedException {
        assumeTrue(serves(revision), () -> "not served here: " + revision.version());
        TestWire wire = connect();
        opened.add(wire);
        return McpClient.connect(wire,
                ClientOptions.DEFAULT.withRevision(revision).withTimeout(Await.LIMIT).withResponders(responders));
    }

    /** What the server under test can do. */
    Plugin features() {
        return tools;
    }

    @BeforeEach
    final void startServer() {
        server = McpServer.named("contract", "1").plugin(features()).transport(transport()).start();
    }

    @AfterEach
    final void closeEverything() throws Exception {
        tools.openGate();
        for (AutoCloseable one : opened) {
            one.close();
        }
        server().close();
    }

    /** The server is well and this client is too. */
    static void assertServed(Conversation client) throws InterruptedException {
        assertEquals("served", client.text(client.call("echo", say("served"))));
    }

    static @Nullable Message message(Payload payload) {
        return payload instanceof Payload.One one ? one.message() : null;
    }

    static ObjectNode say(String text) {
        return Json.object().put("text", text);
    }
}
