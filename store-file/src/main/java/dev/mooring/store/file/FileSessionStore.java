package dev.mooring.store.file;

import dev.mooring.lease.ServerKeys;
import dev.mooring.session.SessionStore;
import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import java.io.EOFException;
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
 * machine meanwhile, and forced to the disk before {@link #write} returns. What failed, a full disk for instance, works again
 * as soon as its cause is gone; the file stays this process's all the time.
 *
 * <p>The file holds the server's secrets: on POSIX systems it is made for its owner's eyes only, elsewhere its folder has to
 * protect it. It belongs on a local file system: shares such as NFS promise neither the lock nor the order of writes that this
 * relies on. Copy it while the server is down.
 *
 * <p>A session whose text cannot be read counts as gone, and one of more than four million characters is not kept; both are
 * logged. Interrupting a thread here disturbs nothing.
 */
public final class FileSessionStore implements SessionStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileSessionStore.class);
    private static final String REMEDY = "; move it away to start without sessions";

    private final Path file;
    private final Place place;
    private final ReentrantLock changing = new ReentrantLock(); // held during writes, because they go one after the other
    private @Nullable Disk disk; // from open until close; under changing
    private volatile @Nullable SessionFile current; // changed under changing; none after a failure, until the next use

    /** Where a disk comes from; nothing while somebody else has it. */
    @FunctionalInterface
    interface Place {
        Optional<Disk> open() throws IOException;
    }

    /** A store in that file, which need not exist yet. */
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
            current = opened;
            return Optional.of(ServerKeys.of(opened.secrets()));
        } catch (IOException | RuntimeException e) {
            letGo();
            throw explained(e);
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
        } catch (RuntimeException e) { // of a library, which does not say what it throws
            throw explained(e);
        } finally {
            if (!written) {
                current = null;
                now.abandon();
            }
        }
    }

    @Override
    public Optional<StoredSession> load(String key) {
        return reading(kept -> kept.text(key)).flatMap(text -> read(key, text));
    }

    @Override
    public void list(Consumer<StoredSession> each) {
        Optional<String> next = reading(kept -> kept.next(""));
        while (next.isPresent()) {
            String key = next.get();
            load(key).ifPresent(each);
            next = reading(kept -> kept.next(key));
        }
    }

    private Optional<StoredSession> read(String key, String text) {
        try {
            return Optional.of(SessionText.read(key, text));
        } catch (IllegalArgumentException e) {
            LOG.warn("A session in {} cannot be read and counts as gone", file);
            LOG.debug("A session in {} cannot be read", file, e);
            return Optional.empty();
        }
    }

    private <T> T reading(Function<SessionFile, T> read) {
        SessionFile now = current;
        try {
            return read.apply(now == null ? openedAgain() : now);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) { // of a library, which does not say what it throws
            throw explained(e);
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

    /** The file as it is, or as it can be read after a failure. Under the lock. */
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
            throw explained(e);
        }
    }

    @Override
    public void close() {
        changing.lock();
        try {
            if (current != null) {
                current.close();
            }
        } catch (RuntimeException e) { // nothing is lost: what was written is on the disk
            LOG.warn("Session store {} could not be tidied up: {}", file, e.getMessage());
        } finally {
            letGo();
            changing.unlock();
        }
    }

    /** Under the lock. */
    private void letGo() {
        current = null;
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }

    private StoreException explained(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String what = "Session store " + file;
        if (root instanceof ForeignFileException) {
            return new StoreException(what + " " + root.getMessage() + REMEDY, failure);
        }
        if (root instanceof IOException && !(root instanceof EOFException)) {
            return new StoreException(what + " cannot be used: " + root.getMessage(), failure);
        }
        return new StoreException(what + " is damaged (" + root.getMessage() + ")" + REMEDY, failure);
    }
}
