package dev.mooring.store.file;

import dev.mooring.lease.ServerKeys;
import dev.mooring.session.SessionStore;
import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions and keys in one file, an H2 MVStore. A batch is written whole or not at all, whatever happens to the process or the
 * machine meanwhile, and forced to the disk before {@link #write} returns. What failed, because the disk was full for
 * instance, works again as soon as the cause is gone; the file stays this store's all the time. Interrupting a thread here
 * disturbs nothing.
 *
 * <p>The file holds the server's secrets. On POSIX systems it is made for its owner's eyes only; elsewhere its folder has to
 * protect it. It belongs on a local file system: shares such as NFS promise neither the lock nor the order of writes that this
 * relies on. To copy it, stop the server.
 *
 * <p>A session that cannot be read counts as gone, and one that takes more than four million characters of JSON is not kept;
 * both are logged.
 */
public final class FileSessionStore implements SessionStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileSessionStore.class);

    private final Path file;
    private final Place place;
    private final ReentrantLock changing = new ReentrantLock(); // held while writing: that is what has to wait its turn
    private @Nullable Disk disk; // from open until close; under changing
    private volatile @Nullable SessionFile current; // none after a failure, until the next use; changed under changing

    /** Where the disk comes from; nothing while somebody else has it. */
    @FunctionalInterface
    interface Place {
        Optional<Disk> open() throws IOException;
    }

    /** A store in that file, which is made with its folders when it is opened, if it is missing. */
    public FileSessionStore(Path file) {
        this(file, () -> LockedFile.open(file));
    }

    FileSessionStore(Path file, Place place) {
        this.file = file;
        this.place = place;
    }

    @Override
    public Optional<ServerKeys> open() {
        changing.lock();
        try {
            Optional<Disk> free = disk == null ? place.open() : Optional.empty();
            if (free.isEmpty()) {
                return Optional.empty();
            }
            disk = free.get();
            SessionFile opened = SessionFile.open(disk);
            ServerKeys keys = ServerKeys.of(opened.secrets());
            current = opened;
            return Optional.of(keys);
        } catch (IOException | RuntimeException e) { // of libraries, which do not say what they throw
            letGo();
            throw Failures.explained(file, e);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void write(Collection<StoredSession> changed, Collection<String> ended) {
        Map<String, String> texts = new HashMap<>();
        List<String> removed = new ArrayList<>(ended);
        for (StoredSession session : changed) {
            SessionText.of(session).ifPresentOrElse(text -> texts.put(session.key(), text), () -> {
                LOG.warn("{} is too long to be kept in {}", session.label(), file);
                removed.add(session.key());
            });
        }
        changing.lock();
        try {
            write(opened(), texts, removed);
        } finally {
            changing.unlock();
        }
    }

    /** One that failed is given up, because it holds what was not written; the next use reads what is on the disk. */
    private void write(SessionFile now, Map<String, String> texts, List<String> removed) {
        boolean written = false;
        try {
            now.write(texts, removed);
            written = true;
        } catch (RuntimeException e) {
            throw Failures.explained(file, e);
        } finally {
            if (!written) {
                current = null;
            }
        }
    }

    @Override
    public Optional<StoredSession> load(String key) {
        Optional<String> text = reading(kept -> kept.text(key));
        Optional<StoredSession> session = text.flatMap(kept -> SessionText.read(key, kept));
        if (text.isPresent() && session.isEmpty()) {
            LOG.warn("A session in {} cannot be read and counts as gone", file);
        }
        return session;
    }

    @Override
    public void list(Consumer<StoredSession> each) {
        Optional<String> next = reading(kept -> kept.next(""));
        while (next.isPresent()) {
            String key = next.get();
            reading(kept -> kept.text(key)).flatMap(text -> SessionText.read(key, text)).ifPresent(each);
            next = reading(kept -> kept.next(key));
        }
    }

    private <T> T reading(Function<SessionFile, T> read) {
        SessionFile now = current;
        try {
            return read.apply(now == null ? openedAgain() : now);
        } catch (RuntimeException e) {
            throw Failures.explained(file, e);
        }
    }

    private SessionFile openedAgain() {
        changing.lock();
        try {
            return opened();
        } finally {
            changing.unlock();
        }
    }

    /** The file as it is, or as it is found after a failure. Under the lock. */
    private SessionFile opened() {
        SessionFile now = current;
        if (now != null) {
            return now;
        }
        if (disk == null) {
            throw new StoreException("Session store " + file + " is not open");
        }
        try {
            SessionFile opened = SessionFile.open(disk);
            current = opened;
            return opened;
        } catch (IOException | RuntimeException e) {
            throw Failures.explained(file, e);
        }
    }

    @Override
    public void close() {
        changing.lock();
        try {
            letGo();
        } finally {
            changing.unlock();
        }
    }

    /** Writes nothing: what was to be kept is written. Under the lock. */
    private void letGo() {
        current = null;
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }
}
