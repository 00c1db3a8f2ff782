package dev.mooring.testkit;

import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Payload;
import dev.mooring.transport.End;
import dev.mooring.transport.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A recorded conversation: what the client sends, and what the server must answer, in this order.
 *
 * <pre>
 * # A comment; empty lines mean nothing.
 * &gt; {"jsonrpc":"2.0","id":1,"method":"ping"}
 * &lt; {"jsonrpc":"2.0","id":1,"result":{}}
 * </pre>
 *
 * <p>A line that begins with {@code >} is sent as it is, good JSON or not. A line that begins with {@code <} is what the
 * server must send next; both are compared as JSON, so that spaces and the order of members do not matter, and the text
 * {@code "{any}"} stands for any value. A line that begins with two spaces continues the one before it. A conversation in which
 * the order of answers is not certain (two calls at once) cannot be told in a transcript. Immutable.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.of(tool)) {
 *     Transcript.load(getClass(), "/transcripts/greet.transcript").replay(server.wire());
 * }
 * }</pre>
 */
public final class Transcript {
    private static final JsonNode THE_END = Json.mapper().missingNode();

    private final String name;
    private final List<Line> lines;

    private Transcript(String name, List<Line> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /** A line: where it stands, who speaks, and what. */
    private record Line(int number, boolean fromClient, String text) {}

    /**
     * Reads a transcript from a resource.
     *
     * @param beside the class whose {@link Class#getResourceAsStream} finds it
     */
    public static Transcript load(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("resource: " + resource + " (expected: one that exists)");
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a transcript.
     *
     * @param name what to call it in a failure
     * @throws IllegalArgumentException if a line is none of a transcript, or an expected one is not JSON
     */
    public static Transcript parse(String name, String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("  ") && !lines.isEmpty()) {
                Line begun = lines.removeLast();
                lines.add(new Line(begun.number(), begun.fromClient(), begun.text() + line.strip()));
            } else if (line.startsWith("> ") || line.startsWith("< ")) {
                lines.add(new Line(number, line.charAt(0) == '>', line.substring(2)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException(
                        name + ":" + number + ": " + line + " (expected: a line that begins with \"> \", \"< \" or #)");
            }
        }
        Transcript transcript = new Transcript(name, lines);
        lines.stream().filter(line -> !line.fromClient()).forEach(transcript::expected);
        return transcript;
    }

    private JsonNode expected(Line line) {
        try {
            return Json.mapper().readTree(line.text());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name + ":" + line.number() + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Says the client's lines and compares what comes with the server's, then closes the wire. Fails the test at the first
     * line that differs, that does not come within {@link Await#LIMIT}, or that comes unexpected.
     */
    public void replay(TestWire wire) throws InterruptedException {
        Received received = new Received();
        wire.open(received);
        try (wire) {
            for (Line line : lines) {
                if (line.fromClient()) {
                    wire.send(line.text().getBytes(StandardCharsets.UTF_8));
                } else {
                    compare(line, received.next());
                }
            }
        }
        JsonNode surplus = received.next();
        if (surplus != null && !surplus.isMissingNode()) {
            throw new AssertionFailedError(name + ": more came than is written: " + surplus);
        }
    }

    private void compare(Line line, @Nullable JsonNode actual) {
        JsonNode expected = expected(line);
        if (actual == null || actual.isMissingNode()) {
            String why = actual == null ? "nothing came for " + Await.LIMIT.toSeconds() + " s" : "the wire ended";
            throw new AssertionFailedError(name + ":" + line.number() + ": " + why + "; expected " + expected);
        }
        List<String> differences = JsonDiff.between(expected, actual);
        if (!differences.isEmpty()) {
            throw new AssertionFailedError(
                    name + ":" + line.number() + ": what came is not what is written\n  "
                            + String.join("\n  ", differences) + "\n  received " + actual,
                    expected.toPrettyString(), actual.toPrettyString());
        }
    }

    /** What has come and was not looked at yet. */
    private static final class Received implements Wire.Inbox {
        private final Codec codec = new Codec(JsonLimits.DEFAULT);
        private final BlockingQueue<JsonNode> queue = new LinkedBlockingQueue<>();

        /** The next message or batch; missing at the end of the wire, null if nothing comes. */
        @Nullable
        JsonNode next() throws InterruptedException {
            return queue.poll(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void received(Payload payload) {
            queue.add(tree(payload));
        }

        private JsonNode tree(Payload payload) {
            return switch (payload) {
                case Payload.One one -> Json.mapper().readTree(codec.encode(one.message()));
                case Payload.Batch batch -> Json.array().addAll(batch.members().stream().map(this::tree).toList());
                case Payload.Bad bad -> Json.object().put("nonsense", bad.error().message());
            };
        }

        @Override
        public void ended(End cause) {
            queue.add(THE_END);
        }
    }
}
