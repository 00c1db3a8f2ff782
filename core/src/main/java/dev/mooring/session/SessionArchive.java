package dev.mooring.session;

import dev.mooring.lease.SecretIds;
import dev.mooring.lease.ServerKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What makes sessions more than one process's: the keys their ids are made with, and the store they are kept in, if there is
 * one. {@link #open} until it is open, then {@link #close}. Thread-safe.
 */
public final class SessionArchive implements AutoCloseable {
    private final @Nullable SessionStore store;
    private final @Nullable StoreWriter writer;
    private final @Nullable ServerKeys configured;
    private final Duration margin;
    private final AtomicLong failures = new AtomicLong();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable Opened opened; // set once, by open, under changing
    private boolean closed; // under changing

    /** What is known once it is open. */
    private record Opened(ServerKeys keys, SecretIds ids, long lastNumber) {
        private Opened(ServerKeys keys, long lastNumber) {
            this(keys, new SecretIds(keys, "session"), lastNumber);
        }
    }

    private SessionArchive(@Nullable SessionStore store, @Nullable ServerKeys configured, Duration margin) {
        this.store = store;
        this.writer = store == null ? null : new StoreWriter(store);
        this.configured = configured;
        this.margin = margin;
    }

    /** Sessions that end with the process; open from the start. */
    public static SessionArchive none(ServerKeys keys) {
        SessionArchive none = new SessionArchive(null, keys, Duration.ZERO);
        none.opened = new Opened(keys, 0);
        return none;
    }

    /**
     * Sessions that are kept.
     *
     * @param keys instead of those of the store; null for those
     * @param margin by how much the stored time of a session's last use may be out of date
     */
    public static SessionArchive of(SessionStore store, @Nullable ServerKeys keys, Duration margin) {
        return new SessionArchive(store, keys, margin);
    }

    /**
     * Takes hold of the store; false as long as another process holds it. Not to be called again once it returned true.
     *
     * @throws StoreException if it cannot be used, whoever holds it
     */
    public boolean open() {
        if (store == null || writer == null) {
            return true;
        }
        changing.lock();
        try {
            Optional<ServerKeys> keys = closed ? Optional.empty() : store.open();
            if (keys.isEmpty()) {
                return false;
            }
            AtomicLong lastNumber = new AtomicLong();
            store.list(kept -> lastNumber.accumulateAndGet(kept.number(), Math::max));
            writer.start();
            opened = new Opened(configured == null ? keys.get() : configured, lastNumber.get());
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** Whether sessions can be opened and found. */
    public boolean isOpen() {
        return opened != null;
    }

    /** The server's keys, once it is open. */
    public Optional<ServerKeys> keys() {
        Opened known = opened;
        return known == null ? Optional.empty() : Optional.of(known.keys());
    }

    /** How often the store could not be read. */
    public long failures() {
        return failures.get();
    }

    /** A new id; only once it is open. */
    String nextId() {
        return known().ids().next();
    }

    /** The highest number of a kept session; only once it is open. */
    long lastNumber() {
        return known().lastNumber();
    }

    private Opened known() {
        Opened known = opened;
        if (known == null) {
            throw new IllegalStateException("the session store is not open (expected: open)");
        }
        return known;
    }

    /** Whether an id was made with these keys. */
    boolean isGenuine(String id) {
        Opened known = opened;
        return known != null && known.ids().genuine(id);
    }

    /** Whether sessions are kept at all. */
    boolean keeps() {
        return store != null;
    }

    Duration margin() {
        return margin;
    }

    /** A session is to be kept as it is now, or a moment later. */
    void changed(Session session) {
        if (writer != null && session.expires()) {
            writer.changed(StoredSession.key(session.id()), session);
        }
    }

    /** A session is not to be kept any more. */
    void ended(String key) {
        if (writer != null) {
            writer.ended(key);
        }
    }

    /**
     * What is kept of the session of that id. Blocks.
     *
     * @throws StoreException if that cannot be told
     */
    Optional<StoredSession> load(String id) {
        String key = StoredSession.key(id);
        if (store == null || writer == null || writer.isEnding(key)) {
            return Optional.empty();
        }
        return guarded(() -> store.load(key));
    }

    /**
     * Shows all that is kept. Blocks.
     *
     * @throws StoreException if that cannot be done
     */
    void list(Consumer<StoredSession> each) {
        if (store != null && isOpen()) {
            guarded(() -> {
                store.list(each);
                return each;
            });
        }
    }

    private <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (StoreException e) {
            failures.incrementAndGet();
            throw e;
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            throw new StoreException("The session store failed: " + e.getMessage(), e);
        }
    }

    /** Writes what is to be kept and lets go of the store. May be repeated. */
    @Override
    public void close() {
        changing.lock();
        try {
            if (!closed && writer != null && isOpen()) {
                writer.close();
            }
            if (store != null) {
                store.close();
            }
            closed = true;
        } finally {
            changing.unlock();
        }
    }
}
