package dev.mooring.session;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
import dev.mooring.lease.SecretIds;
import dev.mooring.lease.ServerKeys;
import dev.mooring.lease.Terms;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions of a server: opened within limits, found by id for their owner only, expired when idle, closed once and with a
 * reason. Nothing here blocks, and looking at a session never counts as use. Thread-safe.
 */
public final class SessionManager implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("dev.mooring.session");

    private static final long REFUSAL_LOG_NANOS = Duration.ofMinutes(1).toNanos();

    private final SessionLimits limits;
    private final Time time;
    private final Leases leases;
    private final SecretIds ids = new SecretIds(ServerKeys.random(), "session");
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Session> inOrder = new ConcurrentSkipListMap<>();
    private final Owners owners = new Owners();
    private final AtomicInteger taken = new AtomicInteger(); // places, reserved before a session is made
    private final SessionCounters counters = new SessionCounters();
    private final SessionEvents events = new SessionEvents();
    private volatile int stale; // written by the audit
    private final AtomicLong refusalLogged = new AtomicLong(); // when, an odd number of nanoseconds; 0: never
    private volatile boolean closed;

    public SessionManager(SessionLimits limits, Time time, Leases leases) {
        this.limits = limits;
        this.time = time;
        this.leases = leases;
    }

    public SessionLimits limits() {
        return limits;
    }

    /**
     * Opens a session, if the limits allow. It can be found before this returns. Until it is {@linkplain #ready used} it has
     * no more than its time to initialize.
     */
    public Admission open(Opening opening) {
        Rejection refusal = reserve(opening);
        if (refusal != null) {
            int limit = refusal == Rejection.OWNER_FULL ? limits.perOwner() : limits.sessions();
            counters.rejected(refusal);
            logRefusal(refusal, limit, opening);
            return new Admission.Refused(refusal, limit);
        }
        Instant now = time.now();
        long number = counters.created.incrementAndGet();
        Terms terms = new Terms(LeaseKind.SESSION, opening.owner(), "session-" + number + "-" + now.toEpochMilli(),
                limits.timeouts().initialize(), limits.timeouts().lifetime());
        Session session = new Session(this, leases, terms, opening, ids.next(), number, now);
        session.acquire();
        synchronized (session) { // whoever finds it already waits until its first event is told
            admit(session, opening);
        }
        if (closed) { // meanwhile, and close may have looked before the session was there
            close(session, EndReason.SHUTDOWN);
        }
        return new Admission.Opened(session);
    }

    /** At most once a minute: what is refused is counted, and a flood of it must not fill the log. */
    private void logRefusal(Rejection cause, int limit, Opening opening) {
        long before = refusalLogged.get();
        long now = time.nanos();
        if ((before == 0 || now - before >= REFUSAL_LOG_NANOS) && refusalLogged.compareAndSet(before, now | 1)) {
            LOG.warn("MCP sessions are refused: {} at {} ({}) transport={} address={}", cause, limit, cause.setting(),
                    opening.transport(), opening.address());
        }
    }

    private void admit(Session session, Opening opening) {
        counters.opened(session);
        inOrder.put(session.number(), session);
        owners.add(session);
        sessions.put(session.id(), session);
        LOG.info("MCP session created: {} transport={} sessions={}", session.label(), session.transport(), size());
        events.tell(new SessionEvent.Created(session));
        if (!opening.owner().sameOwner(Principal.ANONYMOUS) && !opening.owner().sameOwner(Principal.LOCAL)) {
            authenticate(session);
        }
    }

    /** Takes a place in all and one of the owner, or says what stands against it; then no place is taken. */
    private @Nullable Rejection reserve(Opening opening) {
        if (closed) {
            return Rejection.CLOSED;
        }
        int most = opening.unlimited() ? Integer.MAX_VALUE : limits.perOwner();
        if (!owners.reserve(opening.owningKey(), most)
                && !(evict(opening) && owners.reserve(opening.owningKey(), most))) {
            return Rejection.OWNER_FULL;
        }
        if (takePlace() || (evict(opening) && takePlace())) {
            return null;
        }
        owners.free(opening.owningKey());
        return Rejection.FULL;
    }

    private boolean takePlace() {
        if (taken.incrementAndGet() <= limits.sessions()) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /**
     * Ends the session that this owner has not used for longest, if eviction is on and one is not in use. Those who have no
     * limit may be many behind one address, so none of them makes room for another.
     */
    private boolean evict(Opening opening) {
        if (!limits.evict() || opening.unlimited()) {
            return false;
        }
        List<Session> longestFirst = owners.sessions(opening.owningKey())
                .stream()
                .filter(session -> session.references() == 0)
                .sorted(Comparator.comparing(Session::inactive).reversed())
                .toList();
        for (Session session : longestFirst) {
            if (leases.closeUnused(session.lease(), EndReason.EVICTED)) {
                return true;
            }
        }
        return false;
    }

    /** The client has been told what was negotiated. */
    public void initialize(Session session, SessionClient client) {
        session.client(client);
        synchronized (session) {
            if (move(session, SessionState.CREATED, SessionState.INITIALIZING)) {
                LOG.info("MCP session initialized: {} client={} revision={}", session.label(),
                        Printable.of(client.name() + " " + client.version()), client.revision());
                events.tell(new SessionEvent.Initialized(session, client));
            }
        }
    }

    /** The client uses the session: from now on it expires by its idle time. Cheap to say again. */
    public void ready(Session session) {
        if (session.state() == SessionState.READY) {
            return;
        }
        if (move(session, SessionState.INITIALIZING, SessionState.READY)) {
            Duration idle = session.expires()
                    ? limits.timeouts().idle(session.owner(), session.transport(), session.client().name())
                    : Duration.ZERO;
            leases.idle(session.lease(), idle);
        }
    }

    /** The owner proved who they are; true the first time this is said of a living session. */
    public boolean authenticate(Session session) {
        synchronized (session) {
            if (!session.state().open() || !session.markAuthenticated()) {
                return false;
            }
            counters.authenticated.incrementAndGet();
            events.tell(new SessionEvent.Authenticated(session));
            return true;
        }
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

    /** The living session of that label. */
    public Optional<Session> get(String label) {
        String[] parts = label.split("-", -1);
        try {
            Session session = parts.length == 3 ? inOrder.get(Long.parseLong(parts[1])) : null;
            return Optional.ofNullable(session).filter(found -> found.label().equals(label));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether a session of that label lives. */
    public boolean has(String label) {
        return get(label).isPresent();
    }

    /** The sessions that live, in the order in which they were opened; a snapshot. */
    public Collection<Session> sessions() {
        return List.copyOf(inOrder.values());
    }

    /** The living sessions of a principal, in the order in which they were opened; a snapshot. */
    public Collection<Session> sessions(Principal owner) {
        Collection<Session> some = owner.sameOwner(Principal.ANONYMOUS) // they are known by their addresses
                ? inOrder.values()
                : owners.sessions(Opening.owningKey(owner, ""));
        return some.stream()
                .filter(session -> session.owner().sameOwner(owner))
                .sorted(Comparator.comparingLong(Session::number))
                .toList();
    }

    /** How many live. */
    public int size() {
        return sessions.size();
    }

    /** Ends a session; false if it had ended already. What lives in it is told on a thread of its own. */
    public boolean close(Session session, EndReason reason) {
        return leases.close(session.lease(), reason);
    }

    /** Ends all sessions of a principal, and returns how many. */
    public int closeAll(Principal owner, EndReason reason) {
        return (int) sessions(owner).stream().filter(session -> close(session, reason)).count();
    }

    /** Ends all sessions, and returns how many; new ones may be opened. */
    public int clear(EndReason reason) {
        return (int) sessions.values().stream().filter(session -> close(session, reason)).count();
    }

    /** Adds a listener; closing what is returned takes it away. */
    public AutoCloseable listen(SessionListener listener) {
        return events.add(listener);
    }

    /** The session's lease has ended: it can no longer be found. */
    void leaving(Session session, EndReason ended) {
        EndReason reason = session.reason(ended);
        SessionState end = reason == EndReason.PROTOCOL_VIOLATION ? SessionState.ERROR : SessionState.CLOSING;
        SessionState from = session.state();
        while (!move(session, from, end)) {
            from = session.state();
        }
        sessions.remove(session.id());
        inOrder.remove(session.number());
        owners.remove(session);
        owners.free(session.owningKey());
        taken.decrementAndGet();
        counters.closed(session, reason);
        if (session.authenticated()) {
            counters.authenticated.decrementAndGet();
        }
        logEnd(session, reason);
        if (reason.expiry()) {
            events.tell(new SessionEvent.Expired(session, reason, session.inactive()));
        }
    }

    /** What lived in it is told, then whoever listens. */
    void ended(Session session, EndReason ended) {
        EndReason reason = session.reason(ended);
        try {
            session.occupant().ended(reason);
        } finally {
            move(session, SessionState.CLOSING, SessionState.CLOSED);
            events.tell(new SessionEvent.Closed(session, reason, session.age(), session.uses()));
        }
    }

    private void logEnd(Session session, EndReason reason) {
        Duration inactive = session.inactive();
        if (reason.expiry()) {
            LOG.info("Session expired: {}, last active {}", session.label(), time.now().minus(inactive));
        }
        String why = reason == EndReason.IDLE ? "timeout (inactive for " + inactive.toMillis() + "ms)" : reason.text();
        LOG.info("MCP session closed: {} reason={} sessions={}", session.label(), why, size());
    }

    /** Moves it on and tells so; under its monitor, so that what is told is in the order of what happened. */
    private boolean move(Session session, SessionState from, SessionState to) {
        synchronized (session) {
            if (!session.move(from, to)) {
                return false;
            }
            counters.moved(from, to);
            events.tell(new SessionEvent.StateChanged(session, from, to));
            return true;
        }
    }

    /** Sessions in numbers. Costs the same however many there are. */
    public SessionStatistics statistics() {
        int total = size();
        Map.Entry<Long, Session> oldest = inOrder.firstEntry();
        Map.Entry<Long, Session> newest = inOrder.lastEntry();
        long averageMillis = total == 0 ? 0 : time.now().toEpochMilli() - counters.createdMillis() / total;
        Map<SessionState, Long> byState = counters.byState();
        Map<EndReason, Long> byReason = counters.byReason();
        return new SessionStatistics(total, byState.getOrDefault(SessionState.READY, 0L), counters.authenticated.get(),
                stale, byState, counters.byTransport(), counters.created.get(),
                byReason.values().stream().mapToLong(Long::longValue).sum(),
                byReason.entrySet().stream().filter(e -> e.getKey().expiry()).mapToLong(Map.Entry::getValue).sum(),
                byReason, counters.byRejection(), Optional.ofNullable(oldest).map(entry -> entry.getValue().created()),
                Optional.ofNullable(newest).map(entry -> entry.getValue().created()),
                Duration.ofMillis(Math.max(0, averageMillis)));
    }

    /** What the audit walks. */
    Collection<Session> inOrder() {
        return inOrder.values();
    }

    /** Takes a session that has ended out of every index it was left in. */
    void forget(Session session) {
        sessions.remove(session.id(), session);
        inOrder.remove(session.number(), session);
        owners.remove(session);
    }

    /** Looks at the deadlines of a session again, as if its alarm had rung. */
    void recheck(Session session) {
        leases.recheck(session.lease());
    }

    void stale(int found) {
        stale = found;
    }

    /** Ends all sessions and opens no more. May be repeated. */
    @Override
    public void close() {
        boolean first = !closed;
        if (first) {
            LOG.info("Shutting down session manager: sessions={}", size());
        }
        closed = true;
        clear(EndReason.SHUTDOWN);
        if (first) {
            LOG.info("Session manager shutdown complete");
        }
    }
}
