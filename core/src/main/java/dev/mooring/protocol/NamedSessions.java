package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.session.Admission;
import dev.mooring.session.Occupant;
import dev.mooring.session.Rejection;
import dev.mooring.session.Session;
import dev.mooring.session.SessionManager;
import dev.mooring.session.StoredSession;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Peer;
import dev.mooring.transport.SessionKey;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sessions that requests name by id: at once if they are here, else in the store, on a thread that may wait for it.
 * Thread-safe.
 */
final class NamedSessions {
    private final SessionManager sessions;
    private final Function<StoredSession, Occupant> reviver;
    private volatile boolean draining;

    NamedSessions(SessionManager sessions, Function<StoredSession, Occupant> reviver) {
        this.sessions = sessions;
        this.reviver = reviver;
    }

    /** From now on nothing is restored, and who names a session that is not here is told to come back later. */
    void refuse() {
        draining = true;
    }

    /**
     * Goes on in a session with a reference taken, now or on another thread; or answers why it cannot.
     *
     * @param request whose answer it would be; null for what is no request
     */
    void within(@Nullable SessionKey key, Peer peer, @Nullable RequestId request, Exchange exchange,
            Consumer<Session> then) {
        if (key == null) {
            RpcError missing =
                    RpcError.invalidRequest("Invalid Request: Mcp-Session-Id is missing; send initialize first");
            exchange.answer(Answer.refused(Answer.Cause.MALFORMED, new Message.Failure(request, missing)));
            return;
        }
        Session session = sessions.acquire(key.value(), peer.principal());
        if (session != null) {
            then.accept(session);
            return;
        }
        if (draining) {
            exchange.answer(later(request, Rejection.CLOSED));
            return;
        }
        switch (sessions.absence(key.value())) {
            case GONE -> exchange.answer(unknown(request));
            case NOT_YET -> exchange.answer(later(request, Rejection.STORE_HELD));
            case RESTORABLE ->
                Thread.ofVirtual().name("mooring-restore").start(() -> restore(key, peer, request, exchange, then));
        }
    }

    private void restore(SessionKey key, Peer peer, @Nullable RequestId request, Exchange exchange,
            Consumer<Session> then) {
        Optional<Admission> restored = sessions.restore(key.value(), peer.principal(), reviver);
        if (restored.isEmpty()) {
            exchange.answer(unknown(request));
            return;
        }
        switch (restored.get()) {
            case Admission.Opened(Session session) -> {
                session.occupant(LegacyClient.class).revive(session);
                then.accept(session);
            }
            case Admission.Refused refused -> exchange.answer(later(request, refused));
        }
    }

    private static Answer unknown(@Nullable RequestId request) {
        RpcError error = RpcError.invalidRequest("Session not found: it has ended or never was; send initialize again");
        return Answer.refused(Answer.Cause.SESSION_UNKNOWN, new Message.Failure(request, error));
    }

    private static Answer later(@Nullable RequestId request, Rejection cause) {
        return later(request, new Admission.Refused(cause, 0));
    }

    private static Answer later(@Nullable RequestId request, Admission.Refused refused) {
        Message.Failure failure = new Message.Failure(request, Errors.refused(refused));
        return Answer.refused(Answer.Cause.CAPACITY, failure, Errors.RETRY_AFTER);
    }
}
