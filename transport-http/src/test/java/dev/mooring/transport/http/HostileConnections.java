package dev.mooring.transport.http;

import dev.mooring.transport.http.Hostile.Manner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Peers that leave, fall silent or are slow. */
final class HostileConnections {
    private static final Ask HOLD = Ask.call("hold", "{}");
    private static final Ask STREAM = Ask.call("hold", "{'progress':true}");
    private static final Ask STEPS = Ask.call("steps", "{'steps':20000}");
    private static final String HEAD = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String PART = HEAD + "Content-Length: 100\r\n\r\n{\"jsonrpc\"";
    private static final String CHUNKS = HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

    private HostileConnections() {}

    static Stream<Hostile> all() {
        return Stream.of(silent(), leaving(Manner.LEAVES), leaving(Manner.RESETS), halfClosing()).flatMap(List::stream);
    }

    private static List<Hostile> silent() {
        return List.of(Hostile.raw("silence", "closed", "").but(Manner.WAITS),
                Hostile.raw("half a line", "408", "GET /mc").but(Manner.WAITS),
                Hostile.raw("half a header", "408", HEAD).but(Manner.WAITS),
                Hostile.raw("a header by the byte", "408", HEAD + "X: y\r\n".repeat(20)).but(Manner.DRIPS),
                Hostile.raw("half a body", "408", PART).but(Manner.WAITS),
                Hostile.raw("a body by the byte", "408", PART + " ".repeat(80)).but(Manner.DRIPS),
                Hostile.raw("chunks that do not end", "408", CHUNKS).but(Manner.WAITS),
                Hostile.raw("a trailer that does not end", "408", CHUNKS + "0\r\nX: y\r\n").but(Manner.WAITS),
                Hostile.raw("a body that was asked for and does not come", "100 408",
                        HEAD + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n").but(Manner.WAITS),
                Hostile.ask("silence behind an answer", "405/-32600", Ask.of("GET")).but(Manner.WAITS));
    }

    private static List<Hostile> leaving(Manner manner) {
        String how = manner == Manner.RESETS ? " and a reset" : " and gone";
        return List.of(Hostile.raw("nothing" + how, "closed", "").but(manner),
                Hostile.raw("half a header" + how, "closed", HEAD).but(manner),
                Hostile.raw("half a body" + how, "closed", PART).but(manner),
                Hostile.raw("half a chunk" + how, "closed", CHUNKS + "5\r\nhe").but(manner),
                Hostile.ask("a call" + how, "closed", HOLD).but(manner),
                Hostile.ask("a streaming call" + how, "closed", STREAM).but(manner),
                Hostile.ask("a long stream" + how, "closed", STEPS).but(manner),
                Hostile.ask("a stream of no session" + how, "closed", Ask.get("x")).but(manner),
                Hostile.ask("a handshake" + how, "closed", Ask.initialize("none").body("{\"id\":0}")).but(manner),
                Hostile.raw("fifty calls sent ahead" + how, "closed",
                        new String(HOLD.bytes(), StandardCharsets.ISO_8859_1).repeat(50)).but(manner));
    }

    private static List<Hostile> halfClosing() {
        return List.of(Hostile.raw("nothing and half closed", "closed", "").but(Manner.HALF_CLOSES),
                Hostile.raw("half a header and half closed", "closed|400", HEAD).but(Manner.HALF_CLOSES),
                Hostile.raw("half a body and half closed", "closed|400", PART).but(Manner.HALF_CLOSES),
                Hostile.ask("a call and half closed", "closed", HOLD).but(Manner.HALF_CLOSES),
                Hostile.ask("a streaming call and half closed", "closed|200|reset", STREAM).but(Manner.HALF_CLOSES));
    }
}
