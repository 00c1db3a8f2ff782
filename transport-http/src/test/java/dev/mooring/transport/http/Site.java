package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.http.HttpLimits;
import dev.mooring.server.McpServer;
import dev.mooring.time.Time;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A server with a few tools on a free port of this machine. Close it after the test. */
final class Site implements AutoCloseable {
    static final HttpLimits LIMITS = HttpLimits.DEFAULT.withEventLoops(1);

    private static final String MESSAGE =
            "{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\"}},\"required\":[\"message\"]}";
    private static final String STEPS =
            "{\"type\":\"object\",\"properties\":{\"steps\":{\"type\":\"integer\"}},\"required\":[\"steps\"]}";

    final Hold hold = new Hold();
    final HttpTransport transport;
    final McpServer server;

    private Site(HttpTransport transport, UnaryOperator<McpServer.Builder> more) {
        this.transport = transport;
        this.server = more.apply(
                McpServer.named("test", "1").tool(echo()).tool(steps()).tool(hold.tool()).resourceTemplate(note()))
                .transport(transport)
                .start();
    }

    static Site start() {
        return start(HttpSettings.DEFAULT);
    }

    static Site start(HttpSettings settings) {
        return start(settings, LIMITS);
    }

    static Site start(HttpSettings settings, HttpLimits limits) {
        return new Site(new HttpTransport("127.0.0.1", 0, settings, limits, Time.system()), server -> server);
    }

    static Site start(HttpTransport transport) {
        return new Site(transport, server -> server);
    }

    static Site start(HttpTransport transport, UnaryOperator<McpServer.Builder> more) {
        return new Site(transport, more);
    }

    /** With other options of the server. */
    static Site start(UnaryOperator<McpServer.Builder> more) {
        return new Site(new HttpTransport("127.0.0.1", 0, HttpSettings.DEFAULT, LIMITS, Time.system()), more);
    }

    private static Tool echo() {
        return Tool.named("echo").schema(MESSAGE).text((in, call) -> in.path("message").stringValue());
    }

    private static ResourceTemplate note() {
        return ResourceTemplate.of("note:{+path}").text((in, call) -> in.get("path"));
    }

    /** Reports progress as often as it is told. */
    private static Tool steps() {
        return Tool.named("steps").schema(STEPS).text((in, call) -> {
            int steps = in.path("steps").intValue();
            for (int i = 1; i <= steps; i++) {
                call.progress(i, steps);
            }
            return "done";
        });
    }

    int port() {
        return transport.address().getPort();
    }

    RawClient connect() throws IOException {
        return new RawClient(port());
    }

    /** Sends a request on a connection of its own and reads its whole answer. */
    Reply ask(Ask ask) throws IOException {
        try (RawClient client = connect()) {
            return client.ask(ask);
        }
    }

    /** Opens a session of the newest legacy revision; its id. */
    String session() throws IOException {
        return session(Ask.LEGACY);
    }

    String session(String revision) throws IOException {
        Reply reply = ask(Ask.initialize(revision));
        assertEquals(200, reply.status(), reply.body());
        return reply.field("Mcp-Session-Id");
    }

    @Override
    public void close() {
        server.close();
    }
}
