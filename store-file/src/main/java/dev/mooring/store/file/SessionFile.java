package dev.mooring.store.file;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * What is in the file: texts by key, and secrets by number, of which the newest has the highest. Reads from any thread, also
 * beside a write; everything else from one at a time. Once {@link #write} has failed it is of no more use; of that batch
 * nothing was written, or all.
 *
 * <p>It holds nothing but memory, and is never closed: an MVStore that is closed moves chunks and sets a mark, and with either
 * a power cut during the next write can bring back a state of long ago.
 */
final class SessionFile {
    /** Of what is kept, and how. A file with a higher number is left alone. */
    private static final int FORMAT = 1;
    /** When less than so many percent of what was written is in use, what still is gets written again, elsewhere. */
    private static final int FILL = 50;
    /** How many bytes at most are written again with one batch. */
    private static final int AGAIN = 1 << 20;

    private final MVStore store;
    private final MVMap<String, String> texts;
    private final MVMap<Long, byte[]> secrets;

    private SessionFile(MVStore store) {
        this.store = store;
        this.texts = store.openMap("sessions", new MVMap.Builder<String, String>().keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
        this.secrets = store.openMap("secrets",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    /**
     * Opens what is on that disk; changes nothing that is there.
     *
     * @throws ForeignFileException if it is not for this version to read
     */
    static SessionFile open(Disk disk) throws IOException {
        try {
            MVStore store = new MVStore.Builder().fileStore(new DurableFile(disk))
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .open();
            check(store);
            store.setRetentionTime(0); // freed space can be used at once, because commits are forced
            return new SessionFile(store);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT) {
                throw new ForeignFileException("was written by another version (" + e.getMessage() + ")");
            }
            throw e;
        }
    }

    private static void check(MVStore store) {
        int format = store.getStoreVersion();
        if (format > FORMAT) {
            throw new ForeignFileException(
                    "was written by a later version (format " + format + ", expected: " + FORMAT + ")");
        }
        if (format == 0 && !store.getMapNames().isEmpty()) {
            throw new ForeignFileException("belongs to another application");
        }
    }

    /** The secrets, newest first; made here if there are none yet. */
    List<byte[]> secrets() {
        if (secrets.isEmpty()) {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            store.sync(); // a new file's header, without which nothing else would be found
            store.setStoreVersion(FORMAT);
            secrets.put(1L, secret);
            commit();
        }
        return new ArrayList<>(secrets.values()).reversed();
    }

    /** Puts some texts and removes others, all or nothing; when it returns that survives a power cut. */
    void write(Map<String, String> changed, Collection<String> ended) {
        changed.forEach(texts::put);
        ended.forEach(texts::remove);
        gather();
        commit();
    }

    private void commit() {
        store.commit();
        store.sync();
    }

    /** Keeps the file small. */
    private void gather() {
        try {
            store.compact(FILL, AGAIN);
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            Thread.currentThread().interrupt(); // the next batch will do
        }
    }

    Optional<String> text(String key) {
        return reading(() -> Optional.ofNullable(texts.get(key)));
    }

    /** The first key behind that one. */
    Optional<String> next(String key) {
        return reading(() -> Optional.ofNullable(texts.higherKey(key)));
    }

    /** Keeps what is being read from being overwritten by commits meanwhile. */
    private <T> T reading(Supplier<T> read) {
        MVStore.TxCounter version = store.registerVersionUsage();
        try {
            return read.get();
        } finally {
            store.deregisterVersionUsage(version);
        }
    }
}
