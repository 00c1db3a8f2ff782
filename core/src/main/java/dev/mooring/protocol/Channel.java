package dev.mooring.protocol;

import dev.mooring.lease.EndReason;
import dev.mooring.lease.Holding;
import dev.mooring.lease.Lease;
import dev.mooring.session.Session;
import dev.mooring.session.SessionManager;
import dev.mooring.transport.End;
import dev.mooring.transport.Link;
import dev.mooring.transport.Outlet;
import dev.mooring.transport.Peer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A shared channel: the calls on it, of both eras, and the lease it lives on. That is a connection's, until {@code initialize}
 * opens a session on it; from then on the channel and the session end together. Thread-safe.
 */
final class Channel implements Link, Holding {
    private final Connections connections;
    private final SessionManager sessions;
    private final Outlet outlet;
    private final CallScope scope = CallScope.ofChannel();
    private final Arrivals arrivals = new Arrivals();
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private final Lease lease;

    Channel(Connections connections, SessionManager sessions, Peer peer, Outlet outlet) {
        this.connections = connections;
        this.sessions = sessions;
        this.outlet = outlet;
        this.lease = connections.lease(peer, this);
    }

    Outlet outlet() {
        return outlet;
    }

    CallScope scope() {
        return scope;
    }

    /** Its legacy messages, in the order they came. */
    Arrivals arrivals() {
        return arrivals;
    }

    @Nullable
    Session session() {
        return session.get();
    }

    /** Makes this the channel's session; false if it has one. If the channel has ended, so does the session. */
    boolean adopt(Session opened) {
        if (!session.compareAndSet(null, opened)) {
            return false;
        }
        if (!connections.close(lease, EndReason.BECAME_SESSION)) {
            sessions.close(opened, EndReason.TRANSPORT_CLOSED);
        }
        return true;
    }

    @Override
    public void closed(End cause) {
        EndReason reason = cause == End.SHUTDOWN ? EndReason.SHUTDOWN : EndReason.TRANSPORT_CLOSED;
        connections.close(lease, reason);
        scope.close();
        Session ended = session.get();
        if (ended != null) {
            sessions.close(ended, reason);
        }
    }

    @Override
    public void leaving(Lease ended, EndReason reason) {
        connections.left(ended, reason);
    }

    @Override
    public void ended(Lease ended, EndReason reason) {
        if (reason != EndReason.BECAME_SESSION) {
            scope.close();
            outlet.close(reason == EndReason.SHUTDOWN ? End.SHUTDOWN : End.SESSION_ENDED);
        }
    }

    @Override
    public long lastProof(long atLeast) {
        return Heartbeat.lastSign(outlet, atLeast);
    }
}
