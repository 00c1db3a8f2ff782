package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.feature.Client;
import dev.mooring.feature.SessionView;
import dev.mooring.lease.EndReason;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.session.Occupant;
import dev.mooring.session.Session;
import dev.mooring.session.SessionState;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Outlet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's state of one legacy client, from {@code initialize} to the end of its session: what was negotiated, its
 * calls, and the stream the server speaks on unasked. Thread-safe.
 */
final class LegacyClient implements Occupant {
    private final Dialect.Legacy dialect;
    private final Client client;
    private final CallScope scope;
    private final EventBudget events;
    private final ServerRequests requests;
    private final OpenRequests open = new OpenRequests();
    private final AtomicReference<@Nullable SessionStreams> streams = new AtomicReference<>(); // made once needed
    private final AtomicReference<@Nullable Outlet> stream = new AtomicReference<>();
    private volatile @Nullable Caller caller; // made once it is needed, the same each time
    private final Publisher publisher;
    private volatile @Nullable LegacyNotices notices; // made once needed, under this object's monitor
    private volatile LogLevel logLevel = LogLevel.INFO;
    private volatile @Nullable End ended; // why, set before the stream is let go

    LegacyClient(Dialect.Legacy dialect, Client client, CallScope scope, EventBudget events, ServerRequests requests,
            Publisher publisher) {
        this.dialect = dialect;
        this.client = client;
        this.scope = scope;
        this.events = events;
        this.requests = requests;
        this.publisher = publisher;
    }

    Dialect.Legacy dialect() {
        return dialect;
    }

    Revision revision() {
        return dialect.revision();
    }

    Client client() {
        return client;
    }

    CallScope scope() {
        return scope;
    }

    /** How its calls see it, in the session it lives in. */
    Caller caller(Session session) {
        Caller known = caller;
        if (known == null) {
            known = caller(session.owner(), Optional.of(new SessionLabel(session.label(), session.created())));
            caller = known;
        }
        return known;
    }

    /** How {@code initialize} sees it, as long as it has no session. */
    Caller caller(Principal principal) {
        return caller(principal, Optional.empty());
    }

    private Caller caller(Principal principal, Optional<SessionView> session) {
        LegacyAsking asking = new LegacyAsking(new QuestionWriter(revision()), open, requests);
        return new Caller(dialect, client, principal, session, scope, Envelope.NONE, () -> Optional.of(logLevel),
                asking);
    }

    /** The client answered something it was asked. */
    void answered(Message.Response response) {
        open.answered(response);
    }

    LogLevel logLevel() {
        return logLevel;
    }

    void logLevel(LogLevel level) {
        logLevel = level;
    }

    /** The way it is told of changes. */
    LegacyNotices notices() {
        LegacyNotices known = notices;
        return known == null ? makeNotices() : known;
    }

    private synchronized LegacyNotices makeNotices() {
        LegacyNotices known = notices;
        if (known != null) {
            return known;
        }
        LegacyNotices made = new LegacyNotices(this, publisher);
        notices = made;
        if (ended != null) {
            made.close();
        }
        return made;
    }

    /** The URIs of the resources it subscribed to. */
    Set<String> subscriptions() {
        LegacyNotices known = notices;
        return known == null ? Set.of() : known.resources();
    }

    /** Takes a new stream; the one before it ends. Once the session has ended, the new one ends at once. */
    void stream(Outlet outlet) {
        Outlet before = stream.getAndSet(outlet);
        if (before != null) {
            before.close(End.REPLACED);
        }
        outlet.onEnd(end -> stream.compareAndSet(outlet, null));
        End why = ended;
        if (why != null) {
            outlet.close(why);
        }
    }

    /** The way back of requests, which outlives its connection where binding and revision have that. */
    Exchange overConnections(Session session, Exchange exchange, List<RequestId> requests) {
        return resumes(exchange) ? streams(session).ofRequests(exchange, requests) : exchange;
    }

    /**
     * Serves a GET: opens the session's own stream, or goes on with the one whose event the client saw last.
     *
     * @return whether this is the session's own stream now
     */
    boolean attach(Session session, Exchange exchange, @Nullable String lastEventId) {
        SessionStreams.Attached how =
                resumes(exchange) ? streams(session).attach(exchange, lastEventId) : SessionStreams.Attached.OPENED;
        if (how == SessionStreams.Attached.OF_REQUESTS) {
            return false;
        }
        stream(exchange);
        if (how == SessionStreams.Attached.OPENED && lastEventId != null) {
            missed(session);
        }
        LegacyNotices waiting = notices;
        if (waiting != null) {
            waiting.recipient().open();
        }
        return true;
    }

    /** The session goes on in this process. What happened meanwhile nobody knows. */
    void revive(Session session) {
        notices().revive();
        missed(session);
    }

    /** What was to be told on its own stream is lost; a client that has seen nothing yet has missed nothing. */
    private void missed(Session session) {
        if (session.state() == SessionState.READY) {
            notices().missed();
        }
    }

    /** Whether it has a stream, as far as is known. */
    boolean reads() {
        return stream.get() != null;
    }

    /** Says something that belongs to no request. */
    Delivery tell(Message message) {
        SessionStreams kept = streams.get();
        Outlet open = stream.get();
        if (kept != null) {
            return kept.tell(message);
        }
        return open == null ? Delivery.GONE : open.send(message);
    }

    /** Waits until the stream it reads takes more, or has ended. */
    void awaitWritable() throws InterruptedException {
        Outlet open = stream.get();
        if (open != null) {
            open.awaitWritable();
        }
    }

    private boolean resumes(Exchange exchange) {
        return exchange.resumable() && exchange.streams() && revision().since(Revision.V2025_03_26);
    }

    private SessionStreams streams(Session session) {
        SessionStreams known = streams.get();
        if (known != null) {
            return known;
        }
        SessionStreams made = new SessionStreams(events, revision(), session.id(), () -> missed(session));
        SessionStreams other = streams.compareAndExchange(null, made);
        SessionStreams now = other == null ? made : other;
        End why = ended;
        if (why != null) {
            now.close(why);
        }
        return now;
    }

    @Override
    public String kept() {
        return new LegacyRecord(client, logLevel, subscriptions()).text();
    }

    /** What the client reads is its stream, a shared channel being one too, and the streams of calls that ask it. */
    @Override
    public long lastProof(long atLeast) {
        Outlet unasked = stream.get();
        return open.lastProof(unasked == null ? atLeast : Heartbeat.lastSign(unasked, atLeast));
    }

    @Override
    public void ended(EndReason reason) {
        End why = reason == EndReason.SHUTDOWN ? End.SHUTDOWN : End.SESSION_ENDED;
        ended = why;
        LegacyNotices told = notices;
        if (told != null) {
            told.close();
        }
        scope.close();
        SessionStreams kept = streams.get();
        if (kept != null) {
            kept.close(why);
        }
        Outlet last = stream.getAndSet(null);
        if (last != null) {
            last.close(why);
        }
    }
}
