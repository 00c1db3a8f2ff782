package dev.mooring.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.auth.Principal;
import dev.mooring.lease.ServerKeys;
import dev.mooring.session.SessionClient;
import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a store keeps, and when it can be used. */
class FileSessionStoreTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void inAFolderThatIsMissing() {
        file = folder.resolve("var").resolve("mooring").resolve("sessions");
    }

    private FileSessionStore opened() {
        FileSessionStore store = new FileSessionStore(file);
        assertTrue(store.open().isPresent());
        return store;
    }

    @Test
    void everythingOfASession_isThereWhenOpenedAgain() {
        StoredSession plain = Kept.session("a", "note");
        StoredSession strange = new StoredSession("b", Long.MAX_VALUE, Principal.ANONYMOUS, "", "", Instant.MIN,
                Instant.MAX, false, false, SessionClient.UNKNOWN,
                Map.of("k".repeat(8_192), "\u0000\"\\\u2028\uD800", "", "\uD83D\uDE00"), "");
        try (FileSessionStore store = opened()) {
            store.write(List.of(plain, strange), List.of());
        }
        try (FileSessionStore store = opened()) {
            assertEquals(Optional.of(plain), store.load("a"));
            assertEquals(Optional.of(strange), store.load("b"));
            assertEquals(Optional.empty(), store.load("c"));
        }
    }

    @Test
    void keysOfTheServer_stayThoseOfTheFile() {
        FileSessionStore store = new FileSessionStore(file);
        String keys = store.open().map(Kept::fingerprint).orElseThrow();
        store.close();
        assertEquals(Optional.of(keys), store.open().map(Kept::fingerprint));
        store.close();
    }

    @Test
    void secretsOfARotation_areTakenNewestFirst() throws Exception {
        byte[] older = "o".repeat(32).getBytes(StandardCharsets.US_ASCII);
        byte[] newer = "n".repeat(32).getBytes(StandardCharsets.US_ASCII);
        Files.createDirectories(folder.resolve("var").resolve("mooring"));
        try (MVStore plain = MVStore.open(file.toString())) {
            plain.setStoreVersion(1);
            MVMap<Long, byte[]> secrets =
                    plain.openMap("secrets", new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
            secrets.put(1L, older);
            secrets.put(2L, newer);
        }
        try (FileSessionStore store = new FileSessionStore(file)) {
            List<byte[]> derived = store.open().orElseThrow().derive("test");
            List<byte[]> expected = ServerKeys.of(List.of(newer, older)).derive("test");
            assertArrayEquals(expected.toArray(), derived.toArray());
        }
    }

    @Test
    void changedReplacesAndEndedIsGone_alsoIfUnknown() {
        try (FileSessionStore store = opened()) {
            store.write(List.of(Kept.session("a", "1"), Kept.session("b", "1"), Kept.session("c", "1")), List.of());
            store.write(List.of(Kept.session("a", "2")), List.of("b", "unknown"));
            assertEquals(Map.of("a", "2", "c", "1"), Kept.notes(store));
            assertEquals(Optional.empty(), store.load("b"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileThatItMakes_isForItsOwnerOnly() throws Exception {
        try (FileSessionStore store = opened()) {
            store.write(List.of(Kept.session("a", "1")), List.of());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void storeThatIsOpen_isHeldForEverybodyElseUntilItIsClosed() {
        try (FileSessionStore other = new FileSessionStore(file)) {
            try (FileSessionStore store = opened()) {
                assertTrue(store.open().isEmpty());
                assertTrue(other.open().isEmpty());
                store.write(List.of(Kept.session("a", "1")), List.of());
            }
            assertTrue(other.open().isPresent());
            assertEquals(Map.of("a", "1"), Kept.notes(other));
        }
    }

    @Test
    void storeThatIsNotOpen_saysSo() {
        FileSessionStore store = new FileSessionStore(file);
        store.close();
        for (int round = 0; round < 2; round++) {
            assertEquals("Session store " + file + " is not open",
                    assertThrows(StoreException.class, () -> store.load("a")).getMessage());
            assertThrows(StoreException.class, () -> store.list(session -> {}));
            assertThrows(StoreException.class, () -> store.write(List.of(), List.of("a")));
            assertTrue(store.open().isPresent());
            store.close();
            store.close();
        }
    }

    @Test
    void interruptedThread_worksAllTheSame() {
        FileSessionStore store = new FileSessionStore(file);
        Thread.currentThread().interrupt();
        try {
            assertTrue(store.open().isPresent());
            for (int round = 0; round < 20; round++) {
                store.write(List.of(Kept.session("a", "x".repeat(10_000)), Kept.session("b", "" + round)), List.of());
            }
            assertEquals("19", store.load("b").orElseThrow().metadata().get("note"));
            store.close();
        } finally {
            assertTrue(Thread.interrupted());
        }
        try (FileSessionStore again = opened()) {
            assertEquals(2, Kept.notes(again).size());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // does not let go of a file that is open
    void fileThatIsRemovedWhileInUse_isToldAndCanBePutBack() throws Exception {
        try (FileSessionStore store = opened()) {
            Path aside = folder.resolve("aside");
            Files.move(file, aside);
            StoreException told =
                    assertThrows(StoreException.class, () -> store.write(List.of(Kept.session("a", "1")), List.of()));
            assertEquals("Session store " + file + " cannot be used: it was removed while in use; put it back, or "
                    + "restart the server", told.getMessage());
            Files.move(aside, file);
            store.write(List.of(Kept.session("a", "2")), List.of());
            assertEquals(Map.of("a", "2"), Kept.notes(store));
        }
    }

    @Test
    void sessionThatIsTooLong_isNotKeptAndKeepsNobodyElseOut() {
        try (FileSessionStore store = opened()) {
            store.write(List.of(Kept.session("a", "short")), List.of());
            store.write(List.of(Kept.session("a", "x".repeat(4 << 20)), Kept.session("b", "x".repeat(4_000_000))),
                    List.of());
            assertEquals(Optional.empty(), store.load("a"));
            assertTrue(store.load("b").isPresent());
        }
    }

    @Test
    void whatLooksAtTheList_mayUseTheStoreAndFailAsItLikes() {
        try (FileSessionStore store = opened()) {
            store.write(List.of(Kept.session("a", "1"), Kept.session("b", "1")), List.of());
            assertThrows(UnsupportedOperationException.class, () -> store.list(session -> {
                throw new UnsupportedOperationException();
            }));
            store.list(session -> store.write(List.of(), List.of("a", "b")));
            assertEquals(Map.of(), Kept.notes(store));
        }
    }

    @Test
    void readThatManyWritesOvertake_findsWhatItLooksFor() {
        SimulatedDisk disk = new SimulatedDisk();
        List<StoredSession> all =
                IntStream.range(0, 100).mapToObj(number -> Kept.session("key" + number, "x".repeat(500))).toList();
        try (FileSessionStore store = new FileSessionStore(file, () -> Optional.of(disk))) {
            store.open();
            store.write(all, List.of());
        }
        try (FileSessionStore store = new FileSessionStore(file, () -> Optional.of(disk))) {
            store.open();
            disk.beforeNextRead(() -> IntStream.range(0, 30).forEach(batch -> store.write(all, List.of())));
            assertEquals(Optional.of(all.get(7)), store.load("key7"));
        }
    }

    @Test
    void readsBesideWrites_alwaysFindWhatIsKept() throws Exception {
        try (FileSessionStore store = opened(); ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            store.write(List.of(Kept.session("stays", "1")), List.of());
            Callable<Boolean> reads = () -> {
                boolean found = true;
                for (int round = 0; round < 2_000; round++) {
                    found = found && store.load("stays").isPresent() && Kept.notes(store).containsKey("stays");
                }
                return found;
            };
            List<Future<Boolean>> found = List.of(readers.submit(reads), readers.submit(reads));
            for (int batch = 0; found.stream().anyMatch(each -> !each.isDone()); batch++) {
                store.write(List.of(Kept.session("k" + batch, "x".repeat(3_000)), Kept.session("stays", "" + batch)),
                        List.of("k" + (batch - 5)));
            }
            assertTrue(found.get(0).get());
            assertTrue(found.get(1).get());
            assertFalse(Kept.notes(store).isEmpty());
        }
    }
}
