package dev.mooring.testkit;

import dev.mooring.auth.Principal;
import dev.mooring.client.ClientOptions;
import dev.mooring.client.McpClient;
import dev.mooring.model.Revision;
import dev.mooring.transport.inprocess.InProcessWire;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** A client of one revision, at whose end all its server said must have fitted that revision's official schema. */
public final class StrictClient implements AutoCloseable {
    private final Heard heard = new Heard();
    private final OfficialSchema schema;
    private final McpClient client;

    private StrictClient(InProcessWire wire, Revision revision) throws IOException, InterruptedException {
        this.schema = new OfficialSchema(revision);
        this.client = McpClient.connect(heard.on(TestWire.of(wire, wire::send)),
                ClientOptions.DEFAULT.withRevision(revision));
    }

    public static StrictClient of(TestServer server, Revision revision) throws IOException, InterruptedException {
        return new StrictClient(server.transport().connect(), revision);
    }

    /** A client with credentials. */
    public static StrictClient of(TestServer server, Revision revision, Principal principal)
            throws IOException, InterruptedException {
        return new StrictClient(server.transport().connect(principal), revision);
    }

    public McpClient client() {
        return client;
    }

    /** The last message of the server. */
    public JsonNode last() {
        return heard.messages().getLast();
    }

    @Override
    public void close() {
        client.close();
        heard.messages().forEach(message -> schema.check(message, heard.method(message)));
    }
}
