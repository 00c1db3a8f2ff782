package dev.mooring.store.file;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * What is in the file: texts by key, and secrets by number, of which the newest has the highest. Reads from any thread, also
 * beside a write; everything else from one at a time. Once {@link #write} has failed it can only be abandoned; nothing of that
 * batch was written, or all of it.
 */
final class SessionFile {
    /** Of what is kept, and how. A file with a higher number is left alone. */
    private static final int FORMAT = 1;
    /** When less than so many percent of what was written is in use, what is still in use is gathered. */
    private static final int FILL = 50;
    /** How many bytes are gathered with one batch. */
    private static final int GATHERED = 1 << 20;
    private static final int CLOSING_MILLIS = 200;

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
     * Opens what is on that disk, without writing yet.
     *
     * @throws ForeignFileException if it is not for this version to read
     */
    static SessionFile open(Disk disk) throws IOException {
        MVStore store = new MVStore.Builder().fileStore(new DurableFile(disk))
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        int format = store.getStoreVersion();
        boolean foreign = format > FORMAT || (format == 0 && !store.getMapNames().isEmpty());
        if (foreign) {
            store.closeImmediately();
            throw new ForeignFileException(format, FORMAT);
        }
        store.setRetentionTime(0); // space can be used again at once, because commits are forced
        return new SessionFile(store);
    }

    /** The secrets, newest first; made here if there are none yet. */
    List<byte[]> secrets() {
        if (secrets.isEmpty()) {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            store.setStoreVersion(FORMAT);
            secrets.put(1L, secret);
            commit();
        }
        return List.copyOf(new ArrayList<>(secrets.values()).reversed());
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

    private void gather() {
        try {
            store.compact(FILL, GATHERED);
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            Thread.currentThread().interrupt(); // another batch will do
        }
    }

    Optional<String> text(String key) {
        return reading(() -> Optional.ofNullable(texts.get(key)));
    }

    /** The first key after that one. */
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

    /** Makes the file small, as far as that is done in a moment. */
    void close() {
        store.close(CLOSING_MILLIS);
    }

    /** Writes nothing any more. */
    void abandon() {
        store.closeImmediately();
    }
}
