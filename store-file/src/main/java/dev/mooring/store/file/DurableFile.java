package dev.mooring.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an MVStore, written so that a power cut at any moment leaves its newest forced state.
 *
 * <p>MVStore writes a chunk of pages for each commit, and now and then a header that tells where the newest chunk is. When it
 * opens a file, it takes a chunk for whole if its first and its last bytes are there, follows the header from chunk to chunk,
 * and is content with an older state if that leads nowhere. But a disk may keep any part of what was not forced, and a chunk
 * may be written over the one that the header names. So here the last sector of a chunk is written when the rest of it is
 * safe, and each chunk has its header, which is written when the chunk is safe.
 */
final class DurableFile extends RandomAccessStore {
    private static final int HEADER = 2 * 4_096;
    private static final int SECTOR = 512;
    /** Small pages in bytes, because a change of one session writes a whole page; and a cache in megabytes. */
    private static final Map<String, Object> SIZES = Map.of("pageSplitSize", 4_096, "cacheSize", 4);

    private final Disk disk;

    /** On a disk that it does not close. */
    DurableFile(Disk disk) throws IOException {
        super(SIZES);
        this.disk = disk;
        setSize(isBlank() ? 0 : Math.max(HEADER, disk.size())); // a first header of which a power cut left half is completed
    }

    /** Whether nothing was ever written; of a first header a power cut may have left nothing but zeros. */
    private boolean isBlank() throws IOException {
        if (disk.size() > HEADER) {
            return false;
        }
        byte[] all = new byte[(int) disk.size()];
        disk.read(0, all);
        for (byte each : all) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ByteBuffer readFully(@Nullable SFChunk chunk, long pos, int len) {
        try {
            long there = disk.size() - pos;
            boolean whole = len <= there || pos == 0;
            if (pos < 0 || len < 0 || !whole) {
                throw new EOFException(len + " bytes at " + pos + " (expected: within " + disk.size() + ")");
            }
            byte[] bytes = new byte[(int) Math.min(len, there)];
            disk.read(pos, bytes);
            return ByteBuffer.allocate(len).put(bytes).rewind();
        } catch (IOException e) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "{0}", e.getMessage(), e);
        }
    }

    @Override
    protected void writeFully(@Nullable SFChunk chunk, long pos, ByteBuffer src) {
        byte[] bytes = src.array();
        int offset = src.arrayOffset() + src.position();
        int length = src.remaining();
        boolean header = pos == 0;
        if (!header) {
            storeHeader.put("clean", 1); // taken for the mark of an orderly end, which a chunk removes by writing a header
        }
        int first = header ? 0 : length - SECTOR;
        changing(() -> {
            disk.write(pos, bytes, offset, first);
            disk.force();
            disk.write(pos + first, bytes, offset + first, length - first);
        });
        setSize(Math.max(size(), pos + length));
    }

    @Override
    public void sync() {
        changing(disk::force);
    }

    @Override
    protected void truncate(long size) {
        changing(() -> disk.truncate(size));
        setSize(size);
    }

    /** Something that changes the disk. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private static void changing(Change change) {
        try {
            change.make();
        } catch (IOException e) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "{0}", e.getMessage(), e);
        }
    }

    @Override
    public void open(String fileName, boolean readOnly, char[] encryptionKey) {
        throw new UnsupportedOperationException("it is open from the start");
    }

    @Override
    public DurableFile open(String fileName, boolean readOnly) {
        throw new UnsupportedOperationException("it is open from the start");
    }

    @Override
    public void backup(ZipOutputStream out) {
        throw new UnsupportedOperationException("it is one file, to be copied");
    }

    @Override
    public String toString() {
        return "MVStore";
    }
}
