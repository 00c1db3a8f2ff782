package dev.mooring.transport.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * What a hostile peer sends on one connection, and how it must be met.
 *
 * @param sent each character is one byte
 * @param expected a pattern for the statuses of all answers until the connection ends, each with {@code /code} if it is a
 *     JSON-RPC error; {@code closed} for none
 */
record Hostile(String name, String expected, String sent, Manner manner) {
    /** A good request behind what was sent; it is answered 404 if the connection survived, and ends it. */
    private static final String MARKER = "GET /end HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /** What the peer does once it has sent everything. */
    enum Manner {
        /** Sends a good request, so that an answer too many would be seen. */
        GOES_ON,
        /** Waits for the server to end it. */
        WAITS,
        /** Sends byte by byte, slowly, and waits. */
        DRIPS,
        /** Ends its sending side. */
        HALF_CLOSES,
        /** Closes without waiting for an answer. */
        LEAVES,
        /** Resets the connection without waiting for an answer. */
        RESETS
    }

    static Hostile raw(String name, String expected, String text) {
        return new Hostile(name, expected, text, Manner.GOES_ON);
    }

    static Hostile ask(String name, String expected, Ask ask) {
        return new Hostile(name, expected, new String(ask.bytes(), StandardCharsets.ISO_8859_1), Manner.GOES_ON);
    }

    Hostile but(Manner manner) {
        return new Hostile(name, expected, sent, manner);
    }

    /** Does it; what came back. */
    String attack(Site site) throws IOException, InterruptedException {
        try (RawClient client = site.connect()) {
            try {
                send(client);
            } catch (IOException e) {
                // the server has closed in the middle of it, and may have said why
            }
            return switch (manner) {
                case LEAVES -> "closed";
                case RESETS -> {
                    client.reset();
                    yield "closed";
                }
                case GOES_ON, WAITS, DRIPS, HALF_CLOSES -> answers(client, site);
            };
        }
    }

    private void send(RawClient client) throws IOException, InterruptedException {
        if (manner == Manner.DRIPS) {
            for (int i = 0; i < sent.length(); i++) {
                client.send(sent.substring(i, i + 1));
                Thread.sleep(10);
            }
        } else {
            client.send(sent);
        }
        if (manner == Manner.GOES_ON) {
            client.send(MARKER);
        } else if (manner == Manner.HALF_CLOSES) {
            client.endSending();
        }
    }

    private static String answers(RawClient client, Site site) throws IOException {
        List<String> answers = new ArrayList<>();
        try {
            while (true) {
                Reply reply = client.read();
                answers.add(reply.status() + code(reply));
                if (reply.has("Mcp-Session-Id")) {
                    site.ask(Ask.delete(reply.field("Mcp-Session-Id")));
                }
            }
        } catch (SocketTimeoutException e) {
            answers.add("silence");
        } catch (EOFException e) {
            // that was all
        } catch (IOException e) {
            answers.add("reset");
        }
        return answers.isEmpty() ? "closed" : String.join(" ", answers);
    }

    private static String code(Reply reply) {
        try {
            return reply.field("Content-Type").equals("application/json") && reply.code() != 0 ? "/" + reply.code()
                    : "";
        } catch (JacksonException e) {
            return "/nonsense";
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
