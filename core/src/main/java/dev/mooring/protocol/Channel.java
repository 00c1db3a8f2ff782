package dev.mooring.protocol;

import dev.mooring.lease.EndReason;
import dev.mooring.session.Session;
import dev.mooring.session.SessionManager;
import dev.mooring.transport.End;
import dev.mooring.transport.Link;
import dev.mooring.transport.Outlet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A shared channel: the calls on it, of both eras, and the legacy session that {@code initialize} opened on it, which ends
 * with it. Thread-safe.
 */
final class Channel implements Link {
    private final SessionManager sessions;
    private final Outlet outlet;
    private final CallScope scope = CallScope.ofChannel();
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private volatile boolean closed;

    Channel(SessionManager sessions, Outlet outlet) {
        this.sessions = sessions;
        this.outlet = outlet;
    }

    Outlet outlet() {
        return outlet;
    }

    CallScope scope() {
        return scope;
    }

    @Nullable
    Session session() {
        return session.get();
    }

    /** Makes this the channel's session; false if it has one. */
    boolean adopt(Session opened) {
        if (!session.compareAndSet(null, opened)) {
            return false;
        }
        if (closed) {
            sessions.close(opened, EndReason.TRANSPORT_CLOSED);
        }
        return true;
    }

    @Override
    public void closed(End cause) {
        closed = true;
        scope.close();
        Session ended = session.get();
        if (ended != null) {
            sessions.close(ended, cause == End.SHUTDOWN ? EndReason.SHUTDOWN : EndReason.TRANSPORT_CLOSED);
        }
    }
}
