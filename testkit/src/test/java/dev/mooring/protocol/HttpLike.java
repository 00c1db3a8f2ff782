package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.json.JsonLimits;
import dev.mooring.rpc.Codec;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.InFlight;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Peer;
import dev.mooring.transport.Receiver;
import dev.mooring.transport.SessionKey;
import dev.mooring.transport.SessionRequest;
import dev.mooring.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A binding of HTTP's kind without HTTP: each message has fields and a way back of its own, and names its session. What the
 * engine answers is recorded as it is, before any status is made of it.
 */
final class HttpLike implements Transport {
    static final String VERSION = "MCP-Protocol-Version";

    private final Codec codec = new Codec(JsonLimits.DEFAULT);
    private @Nullable Receiver receiver; // set by start

    @Override
    public String name() {
        return "http-like";
    }

    @Override
    public void start(Receiver engine) {
        receiver = engine;
    }

    @Override
    public DrainResult drain(Duration grace) throws InterruptedException {
        return new InFlight().await(grace);
    }

    @Override
    public void close() {}

    /** The running server's engine itself. */
    Receiver engine() {
        return Objects.requireNonNull(receiver, "the server runs");
    }

    /** A client that is not known yet, without session or fields. */
    Client client() {
        return new Client(Map.of(), null, Principal.ANONYMOUS, true, false);
    }

    /** What goes with each of a client's requests. Immutable. */
    final class Client {
        private final Map<String, String> fields;
        private final @Nullable SessionKey session;
        private final Principal principal;
        private final boolean streams;
        private final boolean resumes;

        private Client(Map<String, String> fields, @Nullable SessionKey session, Principal principal, boolean streams,
                boolean resumes) {
            this.fields = fields;
            this.session = session;
            this.principal = principal;
            this.streams = streams;
            this.resumes = resumes;
        }

        Client with(String field, String value) {
            Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            more.putAll(fields);
            more.put(field, value);
            return new Client(more, session, principal, streams, resumes);
        }

        /** The session it is in. */
        @Nullable
        SessionKey session() {
            return session;
        }

        Client in(@Nullable SessionKey other) {
            return new Client(fields, other, principal, streams, resumes);
        }

        Client as(String subject) {
            return new Client(fields, session, new Principal("test", subject, Set.of()), streams, resumes);
        }

        /** One that takes a single body only. */
        Client withoutStreams() {
            return new Client(fields, session, principal, false, false);
        }

        /** One that is told the ids of events. */
        Client withEventIds() {
            return new Client(fields, session, principal, true, true);
        }

        /** Comes back for what it missed after that event. */
        Recorded resume(String lastEventId) {
            return with("Last-Event-ID", lastEventId).get();
        }

        /** Comes back on that connection for what it missed after that event. */
        Recorded resume(String lastEventId, Recorded connection) {
            return with("Last-Event-ID", lastEventId).get(connection);
        }

        /** Opens a session in that revision; the client goes on in it. */
        Client initialize(String version) throws InterruptedException {
            return initialize(version, "{}");
        }

        /** The same, with what the client can do. */
        Client initialize(String version, String capabilities) throws InterruptedException {
            Recorded reply = post("""
                    {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s",
                    "capabilities":%s,"clientInfo":{"name":"c","version":"1"}}}""".formatted(version, capabilities));
            return in(reply.opened());
        }

        Recorded post(String body) {
            Recorded reply = new Recorded(streams, resumes);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            engine().receive(new Inbound(codec.decode(bytes), envelope(), peer(), session, null), reply);
            return reply;
        }

        /** A {@code tools/call} in a session. */
        Recorded call(int id, String tool) {
            return post("""
                    {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s"}}""".formatted(id, tool));
        }

        Recorded get() {
            return get(new Recorded(true, resumes));
        }

        private Recorded get(Recorded reply) {
            engine().attach(new SessionRequest(session, envelope(), peer()), reply);
            return reply;
        }

        Recorded delete() {
            Recorded reply = new Recorded(false);
            engine().end(new SessionRequest(session, envelope(), peer()), reply);
            return reply;
        }

        private Peer peer() {
            return new Peer(name(), "192.0.2.1", principal);
        }

        private Envelope envelope() {
            return new Envelope() {
                @Override
                public boolean carriesFields() {
                    return true;
                }

                @Override
                public @Nullable String first(String name) {
                    return fields.get(name);
                }

                @Override
                public List<String> all(String name) {
                    return fields.containsKey(name) ? List.of(Objects.requireNonNull(fields.get(name))) : List.of();
                }
            };
        }
    }
}
