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
 * <p>MVStore writes a chunk of pages for each commit and now and then a header that tells where the newest chunk is; a chunk
 * counts as whole if its first and its last bytes are there. A disk may keep any part of what is not forced. So the last
 * sector of a chunk is written when the rest of it is safe, and a header when the chunk is.
 */
final class DurableFile extends RandomAccessStore {
    private static final int HEADER = 2 * 4_096;
    private static final int SECTOR = 512;
    /** Small pages, because a change of one session writes a whole one. Megabytes of cache. */
    private static final Map<String, Object> SIZES = Map.of("pageSplitSize", 4_096, "cacheSize", 4);

    private final Disk disk;

    /** On a disk that it does not close. */
    DurableFile(Disk disk) throws IOException {
        super(SIZES);
        this.disk = disk;
        setSize(isBlank() ? 0 : Math.max(HEADER, disk.size())); // half a header is read as one with zeros behind it
    }

    /** Whether nothing was ever written; a power cut may have left zeros of a first header. */
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
            boolean header = pos == 0;
            if (pos < 0 || len < 0 || there < 0 || (len > there && !header)) {
                throw new EOFException(len + " bytes at " + pos + " (expected: within " + disk.size() + ")");
            }
            byte[] bytes = new byte[(int) Math.min(len, there)];
            disk.read(pos, bytes);
            return ByteBuffer.allocate(len).put(bytes).flip().limit(len);
        } catch (IOException e) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "{0}", e.getMessage(), e);
        }
    }

    @Override
    protected void writeFully(@Nullable SFChunk chunk, long pos, ByteBuffer src) {
        byte[] bytes = src.array();
        int offset = src.arrayOffset() + src.position();
        int length = src.remaining();
        try {
            if (pos == 0) {
                disk.force();
                disk.write(pos, bytes, offset, length);
            } else {
                int body = length - SECTOR;
                disk.write(pos, bytes, offset, body);
                disk.force();
                disk.write(pos + body, bytes, offset + body, SECTOR);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        setSize(Math.max(size(), pos + length));
    }

    @Override
    public void sync() {
        try {
            disk.force();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    protected void truncate(long size) {
        try {
            disk.truncate(size);
        } catch (IOException e) {
            throw failed(e);
        }
        setSize(size);
    }

    private static RuntimeException failed(IOException e) {
        return DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "{0}", e.getMessage(), e);
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
        throw new UnsupportedOperationException("it is one file to copy");
    }
}
