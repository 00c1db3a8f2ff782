package dev.mooring.testkit;

import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.feature.Tool;
import dev.mooring.model.Revision;
import dev.mooring.server.McpServer;
import dev.mooring.transport.inprocess.InProcessTransport;
import dev.mooring.transport.inprocess.InProcessWire;

/** A server in this process, with clients of either era: no port, nothing to configure. Close it after the test. */
public final class TestServer implements AutoCloseable {
    private final InProcessTransport transport = new InProcessTransport();
    private final McpServer server;

    private TestServer(McpServer.Builder options) {
        server = options.transport(transport).start();
    }

    /** A server with these tools. */
    public static TestServer of(Tool... tools) {
        McpServer.Builder options = McpServer.named("test", "1");
        for (Tool tool : tools) {
            options.tool(tool);
        }
        return of(options);
    }

    /** A server with these options. */
    public static TestServer of(McpServer.Builder options) {
        return new TestServer(options);
    }

    public McpServer server() {
        return server;
    }

    public InProcessTransport transport() {
        return transport;
    }

    /** A client of the newest revision. */
    public McpClient connect() throws InterruptedException {
        return connect(Revision.NEWEST);
    }

    /** A client of that revision. */
    public McpClient connect(Revision revision) throws InterruptedException {
        return connect(ClientOptions.DEFAULT.withRevision(revision));
    }

    public McpClient connect(ClientOptions options) throws InterruptedException {
        return McpClient.connect(transport.connect(), options);
    }

    /** A connection without a client, for a {@link Transcript} or a {@link Conversation}. */
    public TestWire wire() {
        InProcessWire wire = transport.connect();
        return TestWire.of(wire, wire::send);
    }

    @Override
    public void close() {
        server.close();
    }
}
