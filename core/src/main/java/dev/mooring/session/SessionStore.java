package dev.mooring.session;

import dev.mooring.lease.ServerKeys;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where sessions are kept so that they outlive the process: a server that is started again on the same store goes on with
 * them. Only the engine calls it, never on a transport's thread: every method may block. {@link #write} is called by one
 * thread at a time, everything else by any number of them, also beside a write. Whether a thread is interrupted changes
 * nothing: what was asked is done.
 *
 * <p>What goes wrong is told by a {@link StoreException}. The engine then goes on with the sessions it has, and tries again.
 */
public interface SessionStore extends AutoCloseable {

    /**
     * Takes hold of the store, for whoever calls alone, until {@link #close}. What failed in between, and is well again, needs
     * no second call.
     *
     * @return the keys that belong to what is kept, made when the store was; nothing as long as somebody holds it, here or in
     *     another process
     * @throws StoreException if it cannot be used, whoever holds it
     */
    Optional<ServerKeys> open();

    /**
     * Keeps some sessions, in place of what was kept of them, and lets go of others. All of it or nothing; when this
     * returns it survives the end of the process.
     *
     * @param ended {@linkplain StoredSession#key keys}; some may be unknown
     */
    void write(Collection<StoredSession> changed, Collection<String> ended);

    /** What is kept under that {@linkplain StoredSession#key key}; nothing also if it is not a session any more. */
    Optional<StoredSession> load(String key);

    /** Shows all that is kept, in any order; what is written meanwhile may be missed. */
    void list(Consumer<StoredSession> each);

    /** Lets go of the store, so that another process can open it. May be repeated, also without {@link #open}. */
    @Override
    void close();
}
