package dev.mooring.session;

import dev.mooring.time.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * What is done about sessions now and then: an audit that proves the indexes agree and mends what does not, and a report of
 * who is there. Neither is needed for sessions to expire. {@link #start} once, then {@link #close}.
 */
public final class SessionUpkeep implements AutoCloseable {
    private static final Logger LOG = SessionManager.LOG;
    private static final int SLICE = 1_000;
    private static final int REPORTED = 20;

    /** By how much a session may outlast its times before the audit takes it for forgotten. */
    private static final Duration LAG = Duration.ofSeconds(5);

    private final SessionManager sessions;
    private final Time time;
    private final SessionIntervals intervals;
    private final AtomicBoolean auditing = new AtomicBoolean();
    private List<Time.Repeated> repeated = List.of(); // set by start
    private Set<Session> leftBehind = Set.of(); // what the audit before saw so; the audit's own
    private long expiredBefore; // the audit's own
    private long closedBefore; // the audit's own

    public SessionUpkeep(SessionManager sessions, Time time, SessionIntervals intervals) {
        this.sessions = sessions;
        this.time = time;
        this.intervals = intervals;
    }

    /** Begins. */
    public void start() {
        LOG.info("Session cleanup timer started: intervalMs={} staleTimeoutMs={}", intervals.audit().toMillis(),
                sessions.limits().timeouts().idle().toMillis());
        Time.Repeated audits = time.every(intervals.audit(), this::auditOnItsOwnThread);
        repeated = intervals.report().isZero() ? List.of(audits)
                : List.of(audits, time.every(intervals.report(), this::report));
    }

    private void auditOnItsOwnThread() {
        if (auditing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mooring-session-audit").start(() -> {
                try {
                    audit();
                } finally {
                    auditing.set(false);
                }
            });
        }
    }

    /** Walks all sessions, a slice at a time, and returns how many it had to mend. One audit at a time. */
    public int audit() {
        int mended = 0;
        int stale = 0;
        int walked = 0;
        Set<Session> ended = new HashSet<>();
        for (Iterator<Session> all = sessions.inOrder().iterator(); all.hasNext(); walked++) {
            Session session = all.next();
            if (isForgotten(session)) {
                stale++;
                sessions.recheck(session);
            }
            if (session.lease().ended()) {
                ended.add(session);
                mended += leftBehind.contains(session) ? mend(session) : 0;
            } else if (session.inactive().compareTo(intervals.audit().plus(LAG)) < 0) {
                sessions.changed(session); // so that its last use is known, should this process end without a word
            }
            if (walked % SLICE == SLICE - 1) {
                LockSupport.parkNanos(1); // lets others have the carrier
            }
        }
        leftBehind = ended;
        sessions.stale(stale);
        int purged = sessions.purge();
        if (purged > 0) {
            LOG.info("Sessions expired that nobody came back for: count={}", purged);
        }
        logWhatEnded(walked, mended);
        return mended + stale;
    }

    private boolean isForgotten(Session session) {
        Duration idle = session.lease().idle();
        Duration lifetime = sessions.limits().timeouts().lifetime();
        return outlasts(session.age(), lifetime) || (session.references() == 0 && outlasts(session.inactive(), idle));
    }

    private static boolean outlasts(Duration lasted, Duration most) {
        return !most.isZero() && lasted.compareTo(most.plus(LAG)) > 0;
    }

    /** Ending takes a session out of the indexes at once, so one that two audits find there ended was left behind. */
    private int mend(Session session) {
        LOG.warn("{} had ended and was still indexed; mended", session.label());
        sessions.forget(session);
        return 1;
    }

    private void logWhatEnded(int walked, int mended) {
        SessionStatistics now = sessions.statistics();
        long expired = now.expired() - expiredBefore;
        long closed = now.closed() - closedBefore;
        expiredBefore = now.expired();
        closedBefore = now.closed();
        if (expired > 0) {
            LOG.info("Cleaned up expired sessions: count={}", expired);
        }
        LOG.debug("Session audit: sessions={} closed since the last={} mended={}", walked, closed, mended);
    }

    /** Says who is there: how many, and a line for each up to a bound. */
    public void report() {
        LOG.info("[MCP Server] Active transports: {}", sessions.size());
        if (sessions.size() == 0) {
            return;
        }
        LOG.info("[MCP Server] Active sessions:");
        try (Stream<Session> shown = sessions.inOrder().stream().limit(REPORTED)) {
            shown.forEach(session -> LOG.info("  - {}: active {} minutes ago, client {}", session.label(),
                    session.inactive().toMinutes(), Printable.of(session.client().name())));
        }
        if (sessions.size() > REPORTED) {
            LOG.info("  … and {} more", sessions.size() - REPORTED);
        }
    }

    @Override
    public void close() {
        repeated.forEach(Time.Repeated::close);
    }
}
