package dev.mooring.session;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import dev.mooring.lease.TimerWheel;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions of a server: opened, found by id for their owner only, expired when idle, closed once and with a reason.
 * Thread-safe; nothing here blocks.
 */
public final class SessionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.session");

    private final SessionLimits limits;
    private final Time time;
    private final TimerWheel wheel;
    private final SessionIds ids = new SessionIds();
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger(); // places, reserved before a session is made
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    public SessionManager(SessionLimits limits, Time time, TimerWheel wheel) {
        this.limits = limits;
        this.time = time;
        this.wheel = wheel;
    }

    public SessionLimits limits() {
        return limits;
    }

    /**
     * Opens a session, or returns null if there are as many as the limits allow, or this manager is closed. It can be found
     * before this returns, and the caller holds a reference to it, to be released once its client has been told.
     *
     * @param expires whether it ends when idle; a session that lives in a connection ends with that
     * @param occupant what lives in it
     */
    public @Nullable Session open(Principal owner, String transport, boolean expires, Occupant occupant) {
        if (taken.incrementAndGet() > limits.sessions() || closed) {
            taken.decrementAndGet();
            return null;
        }
        Instant now = time.now();
        Lease lease = new Lease(owner, "session-" + opened.incrementAndGet() + "-" + now.toEpochMilli(), time);
        lease.acquire();
        Duration idle = expires ? limits.idle() : Duration.ZERO;
        Session session = new Session(this, ids.next(), transport, now, lease, occupant, idle.toNanos());
        sessions.put(session.id(), session);
        if (closed) { // meanwhile, and close may have looked before the session was there
            close(session, EndReason.SHUTDOWN);
            return null;
        }
        watch(session, session.idleNanos);
        LOG.info("MCP session created: {} transport={} sessions={}", session.label(), transport, sessions.size());
        return session;
    }

    /**
     * The living session of that id with a reference taken, to be released by the caller; or null if the id is forged or
     * unknown, the session has ended, or it belongs to somebody else. From outside these cannot be told apart.
     */
    public @Nullable Session acquire(String id, Principal caller) {
        Session session = sessions.get(id);
        if (session == null) {
            LOG.debug("A session id that is {} was refused", ids.genuine(id) ? "no longer valid" : "forged");
            return null;
        }
        return session.owner().sameOwner(caller) && session.acquire() ? session : null;
    }

    /** Ends a session; false if it had ended already. Its occupant is told on a thread of its own. */
    public boolean close(Session session, EndReason reason) {
        if (!session.lease().close(reason)) {
            return false;
        }
        remove(session, reason);
        return true;
    }

    /** A snapshot of the sessions that live. */
    public Collection<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    /** How many live. */
    public int size() {
        return sessions.size();
    }

    /** The alarm of a session rang: it has been idle for its time, or it was used meanwhile and is watched on. */
    void expire(Session session) {
        Lease lease = session.lease();
        if (lease.expire(session.idleNanos)) {
            remove(session, EndReason.IDLE);
        } else if (!lease.ended()) {
            long left = lease.references() > 0 ? session.idleNanos : session.idleNanos - lease.idleNanos();
            watch(session, left);
        }
    }

    private void watch(Session session, long aheadNanos) {
        if (session.alarm != null) {
            wheel.set(session.alarm, aheadNanos);
        }
    }

    private void remove(Session session, EndReason reason) {
        if (session.alarm != null) {
            wheel.cancel(session.alarm);
        }
        sessions.remove(session.id());
        taken.decrementAndGet();
        long idleMillis = session.lease().idleNanos() / 1_000_000;
        String why = reason == EndReason.IDLE ? "timeout (inactive for " + idleMillis + "ms)" : reason.text();
        LOG.info("MCP session closed: {} reason={} sessions={}", session.label(), why, sessions.size());
        Thread.ofVirtual().name("mooring-session-end").start(() -> tell(session, reason));
    }

    private static void tell(Session session, EndReason reason) {
        try {
            session.occupant().ended(reason);
        } catch (RuntimeException e) {
            LOG.error("Ending {} left something undone", session.label(), e);
        }
    }

    /** Ends all sessions and opens no more. May be repeated. */
    @Override
    public void close() {
        closed = true;
        sessions.values().forEach(session -> close(session, EndReason.SHUTDOWN));
    }
}
