package dev.mooring.session;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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
    private final SessionArchive archive;
    private final SessionRestorer restorer;
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<SessionOrder, Session> inOrder = new ConcurrentSkipListMap<>();
    private final Places places;
    private final SessionCounters counters = new SessionCounters();
    private final SessionEvents events = new SessionEvents();
    private volatile int stale; // written by the audit
    private final AtomicLong refusalLogged = new AtomicLong(); // when, an odd number of nanoseconds; 0: never
    private volatile boolean closed;

    /** Makes a manager of no sessions, which will end with the process. */
    public SessionManager(SessionLimits limits, Time time, Leases leases) {
        this(limits, time, leases, SessionArchive.none(ServerKeys.random()));
    }

    /**
     * Makes a manager of no sessions.
     *
     * @param archive opened by whoever made it, now or later; until then sessions are neither opened nor found
     */
    public SessionManager(SessionLimits limits, Time time, Leases leases, SessionArchive archive) {
        this.limits = limits;
        this.time = time;
        this.leases = leases;
        this.places = new Places(limits, leases);
        this.archive = archive;
        this.restorer = new SessionRestorer(this, archive);
    }

    public SessionLimits limits() {
        return limits;
    }

    /**
     * Opens a session, if the limits allow. It can be found before this returns. Until it is {@linkplain #ready used} it has
     * no more than its time to initialize.
     */
    public Admission open(Opening opening) {
        Rejection refusal = admits(opening);
        if (refusal != null) {
            return refused(refusal, opening);
        }
        Instant now = time.now();
        SessionOrder order =
                new SessionOrder(now.toEpochMilli(), archive.lastNumber() + counters.created.incrementAndGet());
        Terms terms = new Terms(LeaseKind.SESSION, opening.owner(), order.label(), limits.timeouts().initialize(),
                limits.timeouts().lifetime());
        Session session = new Session(this, leases, terms, opening, archive.nextId(), order, Duration.ZERO);
        session.acquire();
        synchronized (session) { // whoever finds it already waits until its first event is told
            admit(session, opening);
        }
        leases.watch(session.lease());
        if (closed) { // meanwhile, and close may have looked before the session was there
            close(session, EndReason.SHUTDOWN);
        }
        return new Admission.Opened(session);
    }

    /** Takes a place, or says what stands against it. */
    private @Nullable Rejection admits(Opening opening) {
        if (closed) {
            return Rejection.CLOSED;
        }
        return archive.isOpen() ? places.reserve(opening) : Rejection.STORE_HELD;
    }

    private Admission.Refused refused(Rejection cause, Opening opening) {
        int limit = cause == Rejection.OWNER_FULL ? limits.perOwner() : limits.sessions();
        counters.rejected(cause);
        logRefusal(cause, limit, opening);
        return new Admission.Refused(cause, limit);
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
        index(session);
        LOG.info("MCP session created: {} transport={} sessions={}", session.label(), session.transport(), size());
        events.tell(new SessionEvent.Created(session));
        if (!opening.owner().sameOwner(Principal.ANONYMOUS) && !opening.owner().sameOwner(Principal.LOCAL)) {
            authenticate(session);
        }
    }

    private void index(Session session) {
        counters.opened(session);
        inOrder.put(session.order(), session);
        places.add(session);
        sessions.put(session.id(), session);
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
        archive.changed(session);
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
            archive.changed(session);
        }
    }

    /** Something of it changed that is kept, if sessions are kept. Cheap, and takes effect a moment later. */
    public void changed(Session session) {
        archive.changed(session);
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
        return session != null && session.owner().sameOwner(caller) && session.acquire() ? session : null;
    }

    /** What can be said of an id that {@link #acquire} found nothing for; nothing is looked up for a forged one. */
    public Absence absence(String id) {
        if (!archive.isOpen()) {
            return Absence.NOT_YET;
        }
        if (!archive.isGenuine(id)) {
            LOG.debug("A forged session id was refused");
            return Absence.GONE;
        }
        return archive.keeps() && !isIndexed(id) ? Absence.RESTORABLE : Absence.GONE;
    }

    /**
     * Brings a kept session back, in the state in which it was last kept. Blocks, on virtual threads only.
     *
     * @param reviver makes what lived in it anew; an {@link IllegalArgumentException} says that it cannot be read
     * @return the session, with a reference taken; or why it cannot come back now; nothing if it has ended, is unknown or
     *     belongs to somebody else
     */
    public Optional<Admission> restore(String id, Principal caller, Function<StoredSession, Occupant> reviver) {
        return restorer.restore(id, caller, reviver);
    }

    /** Whether a session of that id is here, ended or not, whoever owns it. */
    boolean isIndexed(String id) {
        return sessions.containsKey(id);
    }

    /** Whether what is kept is of a session that is here, or was until everything closed. */
    boolean needs(StoredSession stored) {
        return inOrder.containsKey(stored.order()) || closed;
    }

    boolean outlived(StoredSession stored) {
        return stored.outlived(limits.timeouts(), time.now(), archive.margin());
    }

    /** Goes on with a kept session, if the limits allow. */
    Admission reopen(String id, StoredSession stored, Function<StoredSession, Occupant> reviver) {
        Opening opening =
                new Opening(stored.owner(), stored.transport(), stored.address(), true, reviver.apply(stored));
        Rejection refusal = admits(opening);
        if (refusal != null) {
            return refused(refusal, opening);
        }
        Duration age = stored.age(time.now());
        Terms terms = new Terms(LeaseKind.SESSION, stored.owner(), stored.label(), limits.timeouts().initialize(),
                limits.timeouts().lifetimeLeft(age));
        Session session = new Session(this, leases, terms, opening, id, stored.order(), age);
        session.acquire();
        synchronized (session) {
            session.restore(stored);
            index(session);
            counters.restored.incrementAndGet();
            if (stored.authenticated()) {
                counters.authenticated.incrementAndGet();
            }
            LOG.info("MCP session restored: {} transport={} sessions={}", session.label(), session.transport(), size());
            events.tell(new SessionEvent.Restored(session));
            move(session, SessionState.CREATED, SessionState.INITIALIZING);
        }
        leases.watch(session.lease());
        if (stored.ready()) {
            ready(session);
        }
        if (closed) {
            close(session, EndReason.SHUTDOWN);
        }
        return new Admission.Opened(session);
    }

    /** Lets go of kept sessions whose time is over; returns of how many. Blocks. */
    int purge() {
        return restorer.purge();
    }

    /** The living session of that label. */
    public Optional<Session> get(String label) {
        return Optional.ofNullable(SessionOrder.of(label)).map(inOrder::get);
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
                : places.sessions(Opening.owningKey(owner, ""));
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
        keepOrForget(session, reason); // before it is out of the indexes, or it could be restored meanwhile
        sessions.remove(session.id());
        inOrder.remove(session.order());
        places.free(session);
        counters.closed(session, reason);
        if (session.authenticated()) {
            counters.authenticated.decrementAndGet();
        }
        if (reason.expiry()) { // logged later: the wheel's thread must not wait for a log
            events.tell(new SessionEvent.Expired(session, reason, session.inactive()));
        } else {
            logEnd(session, reason);
        }
    }

    /** A session that ends with this process lives on in what is kept of it. */
    private void keepOrForget(Session session, EndReason reason) {
        if (reason == EndReason.SHUTDOWN) {
            archive.changed(session);
        } else if (archive.keeps() && session.expires()) {
            archive.ended(StoredSession.key(session.id()));
        }
    }

    /** What lived in it is told, then whoever listens. */
    void ended(Session session, EndReason ended) {
        EndReason reason = session.reason(ended);
        if (reason.expiry()) {
            logEnd(session, reason);
        }
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
        Map.Entry<SessionOrder, Session> oldest = inOrder.firstEntry();
        Map.Entry<SessionOrder, Session> newest = inOrder.lastEntry();
        long averageMillis = total == 0 ? 0 : time.now().toEpochMilli() - counters.createdMillis() / total;
        Map<SessionState, Long> byState = counters.byState();
        Map<EndReason, Long> byReason = counters.byReason();
        return new SessionStatistics(total, byState.getOrDefault(SessionState.READY, 0L), counters.authenticated.get(),
                stale, byState, counters.byTransport(), counters.created.get(), counters.restored.get(),
                byReason.values().stream().mapToLong(Long::longValue).sum(),
                byReason.entrySet().stream().filter(e -> e.getKey().expiry()).mapToLong(Map.Entry::getValue).sum(),
                byReason, counters.byRejection(), Optional.ofNullable(oldest).map(entry -> entry.getValue().created()),
                Optional.ofNullable(newest).map(entry -> entry.getValue().created()),
                Duration.ofMillis(Math.max(0, averageMillis)));
    }

    Instant now() {
        return time.now();
    }

    /** What the audit walks. */
    Collection<Session> inOrder() {
        return inOrder.values();
    }

    /** Takes a session that has ended out of every index it was left in. */
    void forget(Session session) {
        sessions.remove(session.id(), session);
        inOrder.remove(session.order(), session);
        places.remove(session);
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
