package dev.mooring.conformance;

import dev.mooring.server.McpServer;
import dev.mooring.transport.http.HttpTransport;

/**
 * The server the official conformance suite is run against: Streamable HTTP in both eras at {@code /mcp} of
 * {@code 127.0.0.1}.
 */
public final class FixtureServer {
    private FixtureServer() {}

    /** Serves until it is told to end; the only argument is the port. */
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        features().transport(new HttpTransport("127.0.0.1", port)).serve();
    }

    /** A server with all the suite asks for, still without a transport. */
    static McpServer.Builder features() {
        return McpServer.named("mooring-conformance", "1")
                .instructions("Features whose names and answers the MCP conformance suite expects.")
                .plugin(new AskingFeatures())
                .plugin(new ChangeTools())
                .plugin(new ContentTools())
                .plugin(new DataFeatures())
                .plugin(new NoticeTools())
                .plugin(new SchemaTools());
    }
}
