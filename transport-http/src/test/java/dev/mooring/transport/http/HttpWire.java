package dev.mooring.transport.http;

import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.testkit.TestWire;
import dev.mooring.transport.End;
import dev.mooring.transport.TransportException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client's end of Streamable HTTP: legacy from {@code initialize} on, modern without. Each request is a POST of its own,
 * whose answer is read on a thread of its own; a legacy client also listens on its session's stream.
 */
final class HttpWire implements TestWire {
    private static final String MODERN = Revision.NEWEST.version();
    private static final String SESSION = "Mcp-Session-Id";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI endpoint;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Codec codec = new Codec(JsonLimits.DEFAULT.withBytes(JsonLimits.DEFAULT.bytes() * 2));
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock delivering = new ReentrantLock();
    private volatile @Nullable Inbox inbox;
    private volatile @Nullable String session;
    private volatile String version = MODERN;

    HttpWire(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void open(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void send(Message message) {
        byte[] body = codec.encode(message);
        if (message instanceof Message.Request request) {
            HttpRequest post = isModern(request) ? modern(request, body)
                    : request.method().equals("initialize") ? post(body).build() : inSession(body);
            ask(post, Optional.of(request.id()));
        } else {
            tell(inSession(body));
        }
    }

    @Override
    public void send(byte[] raw) {
        ask(inSession(raw), Optional.empty());
    }

    private static boolean isModern(Message.Request request) {
        return request.params() != null
                && request.params().path("_meta").has("io.modelcontextprotocol/protocolVersion");
    }

    private HttpRequest.Builder post(byte[] body) {
        return HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private HttpRequest modern(Message.Request request, byte[] body) {
        HttpRequest.Builder post =
                post(body).header("MCP-Protocol-Version", MODERN).header("Mcp-Method", request.method());
        JsonNode params = request.params() == null ? Json.object() : request.params();
        JsonNode name = params.path(request.method().equals("resources/read") ? "uri" : "name");
        return name.isString() ? post.header("Mcp-Name", mirrored(name.stringValue())).build() : post.build();
    }

    /** A value as a field can carry it. */
    static String mirrored(String value) {
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c <= '~') && value.strip().equals(value)
                && !(value.startsWith("=?base64?") && value.endsWith("?="));
        return plain ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private HttpRequest inSession(byte[] body) {
        return named(post(body)).build();
    }

    private HttpRequest.Builder named(HttpRequest.Builder request) {
        String id = session;
        HttpRequest.Builder named = request.header("MCP-Protocol-Version", version);
        return id == null ? named : named.header(SESSION, id);
    }

    /** Posts something that is not answered; a refusal is delivered all the same. */
    private void tell(HttpRequest post) {
        try {
            HttpResponse<byte[]> answer = http.send(post, BodyHandlers.ofByteArray());
            if (answer.body().length > 0) {
                deliver(codec.decode(answer.body()));
            }
        } catch (IOException e) {
            throw new TransportException("the server is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("interrupted", e);
        }
    }

    private void ask(HttpRequest post, Optional<RequestId> id) {
        if (closed.get()) {
            throw new TransportException("the wire is closed", null);
        }
        Pending asked = new Pending(id, http.sendAsync(post, BodyHandlers.ofInputStream()));
        pending.add(asked);
        Thread.ofVirtual().start(asked::work);
    }

    private void read(HttpResponse<InputStream> answer, Optional<RequestId> id) throws IOException {
        answer.headers().firstValue(SESSION).ifPresent(opened -> session = opened);
        switch (answer.headers().firstValue("Content-Type").orElse("")) {
            case "application/json" -> deliver(codec.decode(answer.body().readAllBytes()));
            case "text/event-stream" -> readEvents(answer.body());
            default -> {
                String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
                if (!text.isEmpty()) {
                    deliver(new Payload.One(new Message.Failure(id.orElse(null),
                            RpcError.invalidRequest(answer.statusCode() + ": " + text))));
                }
            }
        }
    }

    private void readEvents(InputStream body) throws IOException {
        StringBuilder line = new StringBuilder();
        try (InputStream in = new BufferedInputStream(body)) {
            for (int b = in.read(); b != -1; b = in.read()) {
                if (b != '\n') {
                    line.append((char) b);
                } else {
                    if (line.indexOf("data: ") == 0 && line.length() > 6) {
                        deliver(codec.decode(line.substring(6).getBytes(StandardCharsets.ISO_8859_1)));
                    }
                    line.setLength(0);
                }
            }
        }
    }

    private void deliver(Payload payload) {
        Inbox to = inbox;
        if (to == null) {
            return;
        }
        if (payload instanceof Payload.One(Message.Result result) && result.result().has("protocolVersion")) {
            version = result.result().path("protocolVersion").stringValue();
            listen();
        }
        delivering.lock();
        try {
            to.received(payload);
        } finally {
            delivering.unlock();
        }
    }

    /** Opens the session's own stream and returns when it is open. */
    private void listen() {
        HttpRequest get = named(HttpRequest.newBuilder(endpoint).header("Accept", "text/event-stream")).build();
        Pending stream = new Pending(Optional.empty(), http.sendAsync(get, BodyHandlers.ofInputStream()));
        pending.add(stream);
        stream.opening.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        Thread.ofVirtual().start(stream::work);
    }

    @Override
    public boolean abandon(RequestId id) {
        if (session != null) {
            return false;
        }
        pending.stream().filter(asked -> asked.id.filter(id::equals).isPresent()).forEach(Pending::cancel);
        return true;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (session != null) {
                http.send(named(HttpRequest.newBuilder(endpoint).DELETE()).timeout(PATIENCE).build(),
                        BodyHandlers.discarding());
            }
        } catch (IOException e) {
            // the server is gone, and the session with it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pending.forEach(Pending::cancel);
        http.shutdownNow();
        Inbox to = inbox;
        if (to != null) {
            to.ended(End.DONE);
        }
    }

    /** A request whose answer has not ended. */
    private final class Pending {
        private final Optional<RequestId> id;
        private final CompletableFuture<HttpResponse<InputStream>> opening;
        private volatile boolean cancelled;

        private Pending(Optional<RequestId> id, CompletableFuture<HttpResponse<InputStream>> opening) {
            this.id = id;
            this.opening = opening;
        }

        private void work() {
            try {
                read(opening.get(), id);
            } catch (IOException | ExecutionException e) {
                if (!cancelled && id.isPresent()) {
                    deliver(new Payload.One(
                            new Message.Failure(id.get(), RpcError.internalError("the server is gone: " + e))));
                }
            } catch (CancellationException e) {
                // nobody waits for it
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                pending.remove(this);
            }
        }

        private void cancel() {
            cancelled = true;
            if (!opening.cancel(true) && !opening.isCompletedExceptionally()) {
                try {
                    opening.join().body().close();
                } catch (IOException e) {
                    // it is closed
                }
            }
        }
    }
}
