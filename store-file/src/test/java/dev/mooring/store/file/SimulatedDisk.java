package dev.mooring.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A disk in memory that fails when told to, and forgets when its power is cut what a real one may forget. */
final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    private final Image now; // what a reader sees
    private final Image safe; // what survives for sure
    private final List<Consumer<Image>> unforced = new ArrayList<>();
    private long changesLeft = Long.MAX_VALUE;
    private boolean failing;
    private Runnable beforeRead = () -> {};
    private Runnable beforeForce = () -> {};

    /** Bytes up to a size. */
    private static final class Image {
        private byte[] bytes;
        private int size;

        private Image(byte[] bytes, int size) {
            this.bytes = bytes;
            this.size = size;
        }

        private Image copy() {
            return new Image(Arrays.copyOf(bytes, size), size);
        }

        private void put(int at, byte[] sector) {
            int end = at + sector.length;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            System.arraycopy(sector, 0, bytes, at, sector.length);
            size = Math.max(size, end);
        }

        private void cut(int at) {
            if (at < size) {
                Arrays.fill(bytes, at, size, (byte) 0);
                size = at;
            }
        }
    }

    SimulatedDisk() {
        this(new Image(new byte[0], 0));
    }

    private SimulatedDisk(Image image) {
        this.safe = image;
        this.now = image.copy();
    }

    /** Cuts the power after so many more changes. */
    void cutPowerAfter(long changes) {
        changesLeft = changes;
    }

    /** Whether every access fails from now on. */
    void failing(boolean failing) {
        this.failing = failing;
    }

    /** Does something once, when something is about to be read. */
    void beforeNextRead(Runnable work) {
        beforeRead = work;
    }

    /** Does something each time what was written is about to be forced. */
    void beforeEachForce(Runnable work) {
        beforeForce = work;
    }

    /** The disk when the power is back: of what was not forced some is there, and some is not. */
    SimulatedDisk afterPowerCut(Random random) {
        int survives = random.nextBoolean() ? 100 : random.nextInt(100);
        Image left = safe.copy();
        unforced.stream().filter(change -> random.nextInt(100) < survives).forEach(change -> change.accept(left));
        return new SimulatedDisk(left);
    }

    private void change(Consumer<Image> change) throws IOException {
        work();
        if (changesLeft == 0) {
            throw new IOException("no power");
        }
        changesLeft--;
        change.accept(now);
        unforced.add(change);
    }

    private void work() throws IOException {
        if (failing) {
            throw new IOException("the disk is gone");
        }
    }

    @Override
    public long size() throws IOException {
        work();
        return now.size;
    }

    @Override
    public void read(long position, byte[] into) throws IOException {
        work();
        Runnable before = beforeRead;
        beforeRead = () -> {};
        before.run();
        if (position + into.length > now.size) {
            throw new EOFException();
        }
        System.arraycopy(now.bytes, (int) position, into, 0, into.length);
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += SECTOR) {
            int start = offset + done;
            byte[] sector = Arrays.copyOfRange(from, start, start + Math.min(SECTOR, length - done));
            int at = (int) position + done;
            change(image -> image.put(at, sector));
        }
    }

    @Override
    public void force() throws IOException {
        work();
        if (changesLeft == 0) {
            throw new IOException("no power");
        }
        beforeForce.run();
        unforced.forEach(change -> change.accept(safe));
        unforced.clear();
    }

    @Override
    public void truncate(long size) throws IOException {
        change(image -> image.cut((int) size));
    }

    @Override
    public void close() {
        // nothing to let go of
    }
}
