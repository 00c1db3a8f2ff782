package dev.mooring.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that only one user at a time can open, in this process or another; the system takes the lock away when a process
 * ends, however it ends. It is not read and written through its channel, because an interrupt of the thread would close that,
 * and with it the lock.
 */
final class LockedFile implements Disk {
    /**
     * What this process holds. It must not even be opened a second time: on POSIX systems closing any descriptor of a file
     * gives up all locks that the process has on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final RandomAccessFile file;
    private final ReentrantLock positioned = new ReentrantLock(); // the file has one position for reads and writes

    private LockedFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file for this user alone, making it and its folders if they are missing; on POSIX systems only its owner can
     * read what it makes.
     *
     * @return nothing if somebody else has it open
     */
    static Optional<Disk> open(Path path) throws IOException {
        create(path.toAbsolutePath());
        Path real = path.toRealPath();
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<Disk> opened = Optional.empty();
        try {
            opened = lock(real);
            return opened;
        } finally {
            if (opened.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    private static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory (expected: a file)");
        }
        Path folder = path.getParent();
        Files.createDirectories(folder);
        try {
            Files.createFile(path, ownerOnly(path));
        } catch (FileAlreadyExistsException e) {
            return; // that of an earlier process, as a rule
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) { // some systems do not open folders, and need no such thing
            return;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static Optional<Disk> lock(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        boolean locked = false;
        try {
            locked = file.getChannel().tryLock() != null;
            return locked ? Optional.of(new LockedFile(path, file)) : Optional.empty();
        } catch (OverlappingFileLockException e) { // this process has it under another name
            return Optional.empty();
        } finally {
            if (!locked) {
                file.close();
            }
        }
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public void read(long position, byte[] into) throws IOException {
        positioned.lock();
        try {
            file.seek(position);
            file.readFully(into);
        } finally {
            positioned.unlock();
        }
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
        positioned.lock();
        try {
            file.seek(position);
            file.write(from, offset, length);
        } finally {
            positioned.unlock();
        }
    }

    /** Also fails when the file is gone from its folder, for then nobody will find what was written. */
    @Override
    public void force() throws IOException {
        file.getFD().sync();
        if (Files.notExists(path)) {
            throw new NoSuchFileException(path.toString(), null,
                    "was removed while in use; put it back, or restart the server");
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        file.setLength(size);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) { // the descriptor, and so the lock, is gone all the same
            return;
        } finally {
            HELD.remove(path);
        }
    }
}
