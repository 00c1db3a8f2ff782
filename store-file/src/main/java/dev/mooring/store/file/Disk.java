package dev.mooring.store.file;

import java.io.IOException;

/**
 * Bytes that outlive the process. What was written is read at once, but survives a power cut only once it was forced: until
 * then any part of it may be lost. Reads from any thread, also beside a write.
 */
interface Disk extends AutoCloseable {

    long size() throws IOException;

    /** Fills the array, or throws {@link java.io.EOFException}. */
    void read(long position, byte[] into) throws IOException;

    void write(long position, byte[] from, int offset, int length) throws IOException;

    /** Returns when everything written so far survives. */
    void force() throws IOException;

    /** Cuts off what is behind that size. */
    void truncate(long size) throws IOException;

    @Override
    void close();
}
