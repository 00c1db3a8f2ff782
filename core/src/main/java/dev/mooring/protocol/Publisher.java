package dev.mooring.protocol;

import dev.mooring.model.Change;
import dev.mooring.session.Session;
import dev.mooring.session.SessionManager;
import dev.mooring.session.SessionState;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients of both eras what changed. What changes within a short time is told once, on a thread that only does that,
 * so whoever makes a change never waits. Thread-safe.
 */
final class Publisher {
    /** How long changes are gathered; nobody hears of one later than this after it happened. */
    static final Duration GATHERING = Duration.ofMillis(100);

    private final Capabilities capabilities;
    private final SessionManager sessions;
    private final Time time;
    private final Map<Change, Set<Recipient>> recipients = new ConcurrentHashMap<>(); // no empty sets
    private final ReentrantLock lock = new ReentrantLock();
    private Set<Change> gathered = new LinkedHashSet<>(); // under lock
    private Time.@Nullable Repeated end; // of gathering; under lock

    Publisher(Capabilities capabilities, SessionManager sessions, Time time) {
        this.capabilities = capabilities;
        this.sessions = sessions;
        this.time = time;
    }

    /** The lists whose changes are told. */
    Set<Change.Listing> lists() {
        return capabilities.lists();
    }

    /** From now on that recipient is told of that change. Legacy sessions are told of lists without this. */
    void add(Change change, Recipient recipient) {
        recipients.compute(change, (key, known) -> {
            Set<Recipient> all = known == null ? ConcurrentHashMap.newKeySet(2) : known;
            all.add(recipient);
            return all;
        });
    }

    void remove(Change change, Recipient recipient) {
        recipients.computeIfPresent(change, (key, all) -> all.remove(recipient) && all.isEmpty() ? null : all);
    }

    /** Something has changed. What nobody asked to hear of is forgotten at once, so what is gathered is bounded. */
    void publish(Change change) {
        if (change instanceof Change.Resource && !recipients.containsKey(change)) {
            return;
        }
        lock.lock();
        try {
            gathered.add(change);
            if (end == null) {
                end = time.every(GATHERING, this::announce);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs on the time's own thread. */
    private void announce() {
        Set<Change> changes;
        lock.lock();
        try {
            if (end != null) {
                end.close();
                end = null;
            }
            changes = gathered;
            gathered = new LinkedHashSet<>();
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("mooring-notices").start(() -> tell(changes));
    }

    private void tell(Set<Change> changes) {
        for (Change change : changes) {
            recipients.getOrDefault(change, Set.of()).forEach(recipient -> recipient.tell(change));
            if (change instanceof Change.Listing) {
                tellSessions(change);
            }
        }
    }

    private void tellSessions(Change change) {
        for (Session session : sessions.sessions()) {
            if (session.state() == SessionState.READY) { // others have seen no list yet
                session.occupant(LegacyClient.class).notices().recipient().tell(change);
            }
        }
    }
}
