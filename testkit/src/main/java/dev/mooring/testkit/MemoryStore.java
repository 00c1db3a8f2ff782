package dev.mooring.testkit;

import dev.mooring.lease.ServerKeys;
import dev.mooring.session.SessionStore;
import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps sessions in this process, for tests of restarts: give it to one server after the other. A server that is not closed
 * holds it; {@link #afterKill} is what the next one would find all the same. Thread-safe.
 */
public final class MemoryStore implements SessionStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final ServerKeys keys;
    private final Map<String, StoredSession> sessions; // under lock
    private boolean open; // under lock
    private boolean held; // under lock
    private boolean failing; // under lock

    /** An empty one, with keys of its own. */
    public MemoryStore() {
        this(ServerKeys.random(), Map.of());
    }

    private MemoryStore(ServerKeys keys, Map<String, StoredSession> sessions) {
        this.keys = keys;
        this.sessions = new TreeMap<>(sessions);
    }

    /** Whether another process holds it from now on; a server that has it open keeps it. */
    public void held(boolean held) {
        locked(() -> this.held = held);
    }

    /** Whether it fails from now on, in everything but {@link #close}. */
    public void failing(boolean failing) {
        locked(() -> this.failing = failing);
    }

    /** What is kept now, whatever state the store is in. */
    public Map<String, StoredSession> kept() {
        return locked(() -> Map.copyOf(sessions));
    }

    /** What a server finds that is started after the one that has this store was killed; that one no longer reaches it. */
    public MemoryStore afterKill() {
        return locked(() -> new MemoryStore(keys, sessions));
    }

    @Override
    public Optional<ServerKeys> open() {
        return locked(() -> {
            failIfToldTo();
            if (open || held) {
                return Optional.empty();
            }
            open = true;
            return Optional.of(keys);
        });
    }

    @Override
    public void write(Collection<StoredSession> changed, Collection<String> ended) {
        working(() -> {
            changed.forEach(session -> sessions.put(session.key(), session));
            return sessions.keySet().removeAll(List.copyOf(ended));
        });
    }

    @Override
    public Optional<StoredSession> load(String key) {
        return working(() -> Optional.ofNullable(sessions.get(key)));
    }

    @Override
    public void list(Consumer<StoredSession> each) {
        List<StoredSession> all = working(() -> List.copyOf(sessions.values()));
        all.forEach(each);
    }

    @Override
    public void close() {
        locked(() -> open = false);
    }

    private <T> T working(Supplier<T> work) {
        return locked(() -> {
            failIfToldTo();
            if (!open) {
                throw new StoreException("the store in memory is not open");
            }
            return work.get();
        });
    }

    private void failIfToldTo() {
        if (failing) {
            throw new StoreException("the store in memory fails, as the test told it to");
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
