package dev.mooring.protocol;

import dev.mooring.feature.Client;
import dev.mooring.json.Json;
import dev.mooring.lease.EndReason;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import dev.mooring.session.Admission;
import dev.mooring.session.Occupant;
import dev.mooring.session.Opening;
import dev.mooring.session.Session;
import dev.mooring.session.SessionClient;
import dev.mooring.session.SessionManager;
import dev.mooring.session.StoredSession;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Peer;
import dev.mooring.transport.SessionKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves legacy clients: the handshake, and everything after it in their sessions. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">Lifecycle, 2025-11-25</a>
 */
final class LegacyServer {
    private final ServerDescription server;
    private final SessionManager sessions;
    private final FeatureMethods features;
    private final Calls calls;
    private final EventBudget events;
    private final ServerRequests requests;
    private final Subscriptions subscriptions;
    private final Map<Revision, Dialect.Legacy> dialects = new EnumMap<>(Revision.class);

    LegacyServer(ServerDescription server, SessionManager sessions, FeatureMethods features, Calls calls,
            EventBudget events, ServerRequests requests, Subscriptions subscriptions) {
        this.server = server;
        this.sessions = sessions;
        this.features = features;
        this.calls = calls;
        this.events = events;
        this.requests = requests;
        this.subscriptions = subscriptions;
        for (Revision revision : Revision.values()) {
            if (!revision.modern()) {
                dialects.put(revision, new Dialect.Legacy(revision));
            }
        }
    }

    /** Opens a session; on a shared channel it lives and dies with the channel, elsewhere it has an id and expires. */
    void initialize(Message.Request request, Inbound inbound, Exchange exchange) {
        @Nullable
        Channel channel = inbound.link() instanceof Channel c ? c : null;
        JsonNode params = request.params() == null ? Json.object() : request.params();
        Dialect.Legacy dialect = negotiate(params.path("protocolVersion").stringValue(""));
        Client client = ClientReader.read(params.get("clientInfo"), params.get("capabilities"), dialect.revision());
        CallScope scope = channel == null ? CallScope.ofSession() : channel.scope();
        LegacyClient opened = new LegacyClient(dialect, client, scope, events, requests, subscriptions.publisher());
        Hold hold = channel == null ? Hold.none() : Hold.of(channel.arrivals().hold());
        calls.answer(request, () -> open(request, opened, inbound.peer(), channel),
                () -> opened.caller(inbound.peer().principal()), exchange, hold);
    }

    private Answer open(Message.Request request, LegacyClient opened, Peer peer, @Nullable Channel channel) {
        if (request.params() == null || !request.params().path("protocolVersion").isString()) {
            return refusal(request, RpcError.invalidParams("Invalid params: protocolVersion must be a string"));
        }
        if (channel != null && channel.session() != null) {
            return refusal(request, RpcError.invalidRequest("Invalid Request: this channel is initialized already"));
        }
        Opening opening = new Opening(peer.principal(), peer.transport(), peer.address(), channel == null, opened);
        return switch (sessions.open(opening)) {
            case Admission.Opened(Session session) -> welcome(request, session, opened, channel);
            case Admission.Refused refused -> Answer.refused(Answer.Cause.CAPACITY,
                    new Message.Failure(request.id(), Errors.refused(refused)), Errors.RETRY_AFTER);
        };
    }

    /** The client of a session that another process opened. */
    Occupant revive(StoredSession stored) {
        LegacyRecord kept = LegacyRecord.of(stored.occupant());
        Dialect.Legacy dialect = Objects.requireNonNull(dialects.get(kept.client().revision()));
        LegacyClient client = new LegacyClient(dialect, kept.client(), CallScope.ofSession(), events, requests,
                subscriptions.publisher());
        client.logLevel(kept.logLevel());
        client.notices().restore(kept.resources());
        return client;
    }

    private Answer welcome(Message.Request request, Session session, LegacyClient opened, @Nullable Channel channel) {
        Message.Result result = opened.dialect().result(request.id(), greeting(opened.dialect()));
        sessions.initialize(session, described(opened.client()));
        try {
            if (channel == null) {
                return Answer.opened(result, new SessionKey(session.id()));
            }
            if (!channel.adopt(session)) {
                sessions.close(session, EndReason.REPLACED);
                return refusal(request, RpcError.invalidRequest("Invalid Request: initialize was sent twice"));
            }
            opened.stream(channel.outlet());
            return Answer.of(result);
        } finally {
            session.release();
        }
    }

    private static SessionClient described(Client client) {
        String revision = client.revision().version();
        return client.info()
                .map(info -> new SessionClient(info.name(), info.version(), revision))
                .orElse(new SessionClient("", "", revision));
    }

    private Dialect.Legacy negotiate(String asked) {
        Revision revision = Revision.of(asked).filter(known -> !known.modern()).orElse(Revision.NEWEST_LEGACY);
        return Objects.requireNonNull(dialects.get(revision));
    }

    private ObjectNode greeting(Dialect.Legacy dialect) {
        ObjectNode result = Json.object().put("protocolVersion", dialect.revision().version());
        result.set("capabilities", features.capabilities().declare(dialect.revision()));
        result.set("serverInfo", dialect.writers().descriptions().implementation(server.info()));
        if (!server.instructions().isEmpty()) {
            result.put("instructions", server.instructions());
        }
        return result;
    }

    /** Serves a message in a session the caller has acquired; it is released here, at once or when the call ends. */
    void serve(Message message, Session session, Exchange exchange) {
        LegacyClient client = session.occupant(LegacyClient.class);
        switch (message) {
            case Message.Request request -> request(request, session, client, exchange);
            case Message.Notification notice -> {
                notice(notice, session, client);
                exchange.answer(Answer.accepted());
                session.release();
            }
            case Message.Response response -> {
                client.answered(response); // or to a ping, which any sign of life answers
                exchange.answer(Answer.accepted());
                session.release();
            }
        }
    }

    /** Serves a legacy message on a shared channel, which may not be initialized yet. */
    void onChannel(Message message, Channel channel, Peer peer, Exchange exchange) {
        Session session = channel.session();
        if (session != null && session.acquire()) {
            serve(message, session, exchange);
            return;
        }
        switch (message) {
            case Message.Request request -> exchange.answer(request.method().equals("ping")
                    ? Answer.of(new Message.Result(request.id(), Json.object()))
                    : refusal(request, RpcError
                            .invalidParams("Invalid params: send initialize, or _meta with a protocol version")));
            case Message.Notification notice -> {
                cancelled(notice, channel.scope());
                exchange.answer(Answer.accepted());
            }
            case Message.Response response -> exchange.answer(Answer.accepted());
        }
    }

    private void request(Message.Request request, Session session, LegacyClient client, Exchange exchange) {
        if (!request.method().equals("ping")) {
            sessions.ready(session);
        }
        switch (resolve(request, session, client)) {
            case Invocation work -> {
                Exchange way = client.overConnections(session, exchange, List.of(request.id()));
                calls.start(request, work, client.caller(session), way, Hold.of(session));
            }
            case Resolution.Answered(Message.Response response) -> calls.answer(request, () -> Answer.of(response),
                    () -> client.caller(session), exchange, Hold.of(session));
            case null -> calls.answer(request, () -> Answer.of(read(request, session, client)),
                    () -> client.caller(session), exchange, Hold.of(session));
        }
    }

    /** What the request comes to, if its method is about features; else null. */
    private @Nullable Resolution resolve(Message.Request request, Session session, LegacyClient client) {
        if (!request.method().equals("resources/subscribe") || !features.capabilities().serves(request.method())) {
            return features.resolve(request, client.dialect());
        }
        try {
            return new SubscribeInvocation(Params.of(request).text("uri"), features, client.notices(),
                    subscriptions.limits(), () -> sessions.changed(session));
        } catch (RpcException e) {
            return Resolution.refused(request.id(), e.error());
        }
    }

    /** Answers the methods that only read or set state. */
    private Message.Response read(Message.Request request, Session session, LegacyClient client) {
        RequestId id = request.id();
        return switch (request.method()) {
            case "ping" -> new Message.Result(id, Json.object());
            case "logging/setLevel" -> setLevel(request, session, client);
            case "resources/unsubscribe" -> unsubscribe(request, session, client);
            default -> new Message.Failure(id, RpcError.methodNotFound(request.method()));
        };
    }

    private Message.Response setLevel(Message.Request request, Session session, LegacyClient client) {
        String given = request.params() == null ? "" : request.params().path("level").stringValue("");
        Optional<LogLevel> level = LogLevel.of(given);
        if (level.isEmpty()) {
            return new Message.Failure(request.id(), RpcError
                    .invalidParams("Invalid params: level \"" + given + "\" (expected: debug, info, … or emergency)"));
        }
        client.logLevel(level.get());
        sessions.changed(session);
        return new Message.Result(request.id(), Json.object());
    }

    private Message.Response unsubscribe(Message.Request request, Session session, LegacyClient client) {
        if (!features.capabilities().serves(request.method())) {
            return new Message.Failure(request.id(), RpcError.methodNotFound(request.method()));
        }
        try {
            client.notices().unsubscribe(Params.of(request).text("uri"));
        } catch (RpcException e) {
            return new Message.Failure(request.id(), e.error());
        }
        sessions.changed(session);
        return new Message.Result(request.id(), Json.object());
    }

    private void notice(Message.Notification notice, Session session, LegacyClient client) {
        if (notice.method().equals("notifications/initialized")) {
            sessions.ready(session);
        }
        cancelled(notice, client.scope());
    }

    private static void cancelled(Message.Notification notice, CallScope scope) {
        if (notice.method().equals("notifications/cancelled") && notice.params() != null) {
            RequestId id = RequestId.read(notice.params().path("requestId"));
            if (id != null) {
                scope.cancel(id);
            }
        }
    }

    /**
     * Serves a batch; only 2025-03-26 has them.
     *
     * @param session acquired by the caller, released here; null if there is none
     */
    void batch(Payload.Batch batch, @Nullable Session session, Exchange exchange, boolean draining) {
        RpcError wrong = refuseBatch(batch, session);
        if (wrong != null) {
            exchange.answer(Answer.refused(Answer.Cause.MALFORMED, wrong));
        } else if (session != null) {
            Exchange way = session.occupant(LegacyClient.class).overConnections(session, exchange, requests(batch));
            BatchExchange whole = new BatchExchange(way, batch.members().size());
            batch.members().forEach(member -> member(member, session, whole.member(), draining));
        }
        if (session != null) {
            session.release();
        }
    }

    private static List<RequestId> requests(Payload.Batch batch) {
        return batch.members().stream().mapMulti((Payload member, Consumer<RequestId> ids) -> {
            if (member instanceof Payload.One(Message.Request request)) {
                ids.accept(request.id());
            }
        }).toList();
    }

    private static @Nullable RpcError refuseBatch(Payload.Batch batch, @Nullable Session session) {
        if (batch.members().isEmpty()) {
            return RpcError.invalidRequest("Invalid Request: empty batch");
        }
        boolean allowed = session != null && session.occupant(LegacyClient.class).revision() == Revision.V2025_03_26;
        return allowed ? null
                : RpcError.invalidRequest("Invalid Request: batches exist only where 2025-03-26 was negotiated");
    }

    private void member(Payload member, Session session, Exchange exchange, boolean draining) {
        switch (member) {
            case Payload.Bad bad -> exchange.answer(Answer.of(bad.failure()));
            case Payload.Batch nested -> exchange.answer(Answer
                    .of(new Message.Failure(null, RpcError.invalidRequest("Invalid Request: a batch inside a batch"))));
            case Payload.One(Message.Request request) when request.method().equals("initialize") -> exchange
                    .answer(refusal(request, RpcError.invalidRequest("Invalid Request: initialize inside a batch")));
            case Payload.One(Message.Request request) when draining ->
                exchange.answer(refusal(request, Errors.overloaded("the server is shutting down")));
            case Payload.One(Message message) -> {
                if (session.acquire()) {
                    serve(message, session, exchange);
                } else {
                    exchange.answer(Answer.accepted());
                }
            }
        }
    }

    private static Answer refusal(Message.Request request, RpcError error) {
        return Answer.of(new Message.Failure(request.id(), error));
    }
}
