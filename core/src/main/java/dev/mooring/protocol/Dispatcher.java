package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.ServerKeys;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.session.Session;
import dev.mooring.session.SessionManager;
import dev.mooring.time.Time;
import dev.mooring.transport.Answer;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Link;
import dev.mooring.transport.Outlet;
import dev.mooring.transport.Peer;
import dev.mooring.transport.Receiver;
import dev.mooring.transport.SessionRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The engine: tells the era of whatever arrives, finds its session, and hands it to the server of that era. Thread-safe; runs
 * on the transports' threads and never blocks them.
 */
public final class Dispatcher implements Receiver {
    private final SessionManager sessions;
    private final Connections connections;
    private final Heartbeat heartbeat;
    private final EventBudget events;
    private final Calls calls;
    private final ModernServer modern;
    private final LegacyServer legacy;
    private final NamedSessions found;
    private final Subscriptions subscriptions;
    private volatile boolean draining;

    /**
     * Makes the engine of a server.
     *
     * @param keys the server's secrets; empty as long as they are not known
     */
    public Dispatcher(Catalog catalog, ServerDescription server, SessionManager sessions, Connections connections,
            HandleTable handles, Subscriptions subscriptions, CallLimits limits, EventLimits events, Duration heartbeat,
            Supplier<Optional<ServerKeys>> keys, TimerWheel wheel, Time time) {
        this.sessions = sessions;
        this.connections = connections;
        this.heartbeat = new Heartbeat(wheel, heartbeat);
        this.subscriptions = subscriptions;
        this.calls = new Calls(limits, wheel, handles, catalog, time);
        FeatureMethods features = new FeatureMethods(catalog, server);
        this.modern = new ModernServer(server, features, calls, new StateSeal(keys, time, limits.askTimeout()),
                new UsedStates(time), wheel, subscriptions);
        this.events = new EventBudget(events, wheel, time);
        this.legacy = new LegacyServer(server, sessions, features, calls, this.events,
                new ServerRequests(limits.askTimeout(), wheel), subscriptions);
        this.found = new NamedSessions(sessions, legacy::revive);
    }

    /** From now on every new request is refused; calls go on, subscriptions end. */
    public void refuse() {
        draining = true;
        found.refuse();
        subscriptions.close();
    }

    /**
     * Waits until no call runs and no client is away that was asked to come back, at most this long. Transports know of
     * neither where a call's connection broke or was closed.
     */
    public DrainResult drain(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        DrainResult running = calls.drain(grace);
        return running.overlap(events.away().await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }

    /** Interrupts all calls that still run and tells their clients to ask again; none begins any more. */
    public void giveUpAll() {
        calls.close();
    }

    /** How many calls run. */
    public int running() {
        return calls.size();
    }

    /** How many bytes are kept for legacy clients whose streams break. */
    public long keptBytes() {
        return events.taken();
    }

    @Override
    public Link open(Peer peer, Outlet channel) {
        return connections.open(peer, channel);
    }

    @Override
    public void receive(Inbound inbound, Exchange exchange) {
        switch (inbound.payload()) {
            case Payload.Bad bad -> exchange.answer(Answer.refused(Answer.Cause.MALFORMED, bad.failure()));
            case Payload.Batch batch -> inOrder(inbound, () -> batch(batch, inbound, exchange));
            case Payload.One one -> message(one.message(), inbound, exchange);
        }
    }

    private void message(Message message, Inbound inbound, Exchange exchange) {
        switch (Era.of(message, inbound.envelope())) {
            case Era.Refused refused -> exchange.answer(refused.answer());
            case Era.Ignored ignored -> exchange.answer(Answer.accepted());
            case Era.Modern request -> {
                if (admits(request.request(), exchange)) {
                    modern.serve(request, inbound, exchange);
                }
            }
            case Era.Handshake handshake -> {
                if (admits(handshake.request(), exchange)) {
                    inOrder(inbound, () -> legacy.initialize(handshake.request(), inbound, exchange));
                }
            }
            case Era.Legacy other -> {
                if (!(message instanceof Message.Request request) || admits(request, exchange)) {
                    inOrder(inbound, () -> legacy(other.message(), inbound, exchange));
                }
            }
        }
    }

    /** Serves a legacy unit now, or behind the {@code initialize} that its channel is busy with. */
    private static void inOrder(Inbound inbound, Runnable serving) {
        if (inbound.link() instanceof Channel channel) {
            channel.arrivals().take(serving);
        } else {
            serving.run();
        }
    }

    private boolean admits(Message.Request request, Exchange exchange) {
        if (!draining) {
            return true;
        }
        RpcError error = Errors.overloaded("the server is shutting down");
        exchange.answer(
                Answer.refused(Answer.Cause.CAPACITY, new Message.Failure(request.id(), error), Errors.RETRY_AFTER));
        return false;
    }

    private void legacy(Message message, Inbound inbound, Exchange exchange) {
        if (inbound.link() instanceof Channel channel) {
            legacy.onChannel(message, channel, inbound.peer(), exchange);
            return;
        }
        RequestId id = message instanceof Message.Request request ? request.id() : null;
        found.within(inbound.session(), inbound.peer(), id, exchange,
                session -> legacy.serve(message, session, exchange));
    }

    private void batch(Payload.Batch batch, Inbound inbound, Exchange exchange) {
        Optional<Answer> refusal = Era.refuseUnknownVersion(null, inbound.envelope());
        if (refusal.isPresent()) {
            exchange.answer(refusal.get());
            return;
        }
        if (inbound.link() instanceof Channel channel) {
            Session session = channel.session();
            legacy.batch(batch, session != null && session.acquire() ? session : null, exchange, draining);
        } else if (inbound.session() == null) {
            legacy.batch(batch, null, exchange, draining);
        } else {
            found.within(inbound.session(), inbound.peer(), null, exchange,
                    session -> legacy.batch(batch, session, exchange, draining));
        }
    }

    @Override
    public void attach(SessionRequest request, Exchange exchange) {
        within(request, exchange, session -> attach(session, request, exchange));
    }

    private void attach(Session session, SessionRequest request, Exchange exchange) {
        exchange.probe(); // the stream opens now, not with its first message
        exchange.onEnd(end -> touch(session)); // what the stream proved while it was open must not be lost with it
        String lastEventId = request.envelope().first(Names.LAST_EVENT_HEADER);
        if (session.occupant(LegacyClient.class).attach(session, exchange, lastEventId)) {
            exchange.longLived();
            heartbeat.over(session, exchange);
        }
        session.release();
    }

    private static void touch(Session session) {
        if (session.acquire()) {
            session.release();
        }
    }

    @Override
    public void end(SessionRequest request, Exchange exchange) {
        within(request, exchange, session -> {
            sessions.close(session, EndReason.CLIENT_REQUEST);
            session.release();
            exchange.answer(Answer.ended());
        });
    }

    /** Goes on in the session a GET or DELETE names, or answers why not. */
    private void within(SessionRequest request, Exchange exchange, Consumer<Session> then) {
        Envelope envelope = request.envelope();
        String version = envelope.first(Names.VERSION_HEADER);
        if (request.session() == null && (version == null || !Era.isLegacy(version))) {
            exchange.answer(Answer.refused(Answer.Cause.NOT_ALLOWED, RpcError.invalidRequest(
                    "Method not allowed: this endpoint takes POST; GET and DELETE are for sessions of revisions before 2026-07-28")));
            return;
        }
        Optional<Answer> refusal = Era.refuseUnknownVersion(null, envelope);
        if (refusal.isPresent()) {
            exchange.answer(refusal.get());
            return;
        }
        found.within(request.session(), request.peer(), null, exchange, then);
    }
}
