package dev.mooring.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, or somebody else's: told in words that name the file and what to do, and left as they are. */
class UnusableFileTest {
    private static final String REMEDY = "; move it away to start without sessions";

    @TempDir
    Path folder;

    private static String refusal(Path file) {
        try (FileSessionStore store = new FileSessionStore(file)) {
            return String.valueOf(assertThrows(StoreException.class, store::open).getMessage());
        }
    }

    private Path sound() {
        Path file = folder.resolve("sound");
        try (FileSessionStore store = new FileSessionStore(file)) {
            store.open();
            for (int batch = 0; batch < 20; batch++) {
                String note = batch + "x".repeat(1_000);
                store.write(IntStream.range(0, 50).mapToObj(number -> Kept.session("key" + number, note)).toList(),
                        List.of());
            }
        }
        return file;
    }

    @Test
    void folder_isRefused() {
        assertEquals("Session store " + folder + " cannot be used: it is a directory (expected: a file)",
                refusal(folder));
    }

    @Test
    void folderThatCannotBeMade_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertTrue(
                refusal(file.resolve("sessions")).startsWith("Session store " + file + "/sessions cannot be used: "));
    }

    @Test
    void fileThatThisUserMayNotRead_isRefused() throws IOException {
        Path file = sound();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "root reads everything");
        assertEquals("Session store " + file + " cannot be used: " + file + " (Permission denied)", refusal(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000, 100_000})
    void fileThatIsNoStore_isRefusedAndLeftAlone(int length) throws IOException {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "n".repeat(length));
        String told = refusal(file);
        assertTrue(told.startsWith("Session store " + file + " is damaged (") && told.endsWith(REMEDY), told);
        assertEquals("n".repeat(length), Files.readString(file));
    }

    @Test
    void fileOfALaterVersion_isRefusedAndLeftAlone() throws IOException {
        Path file = folder.resolve("later");
        try (MVStore later = MVStore.open(file.toString())) {
            later.openMap("sessions").put("a", "b");
            later.setStoreVersion(2);
        }
        byte[] before = Files.readAllBytes(file);
        assertEquals("Session store " + file + " was written by a later version (format 2, expected: 1)" + REMEDY,
                refusal(file));
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void fileOfAnotherApplication_isRefusedAndLeftAlone() throws IOException {
        Path file = folder.resolve("other");
        try (MVStore other = MVStore.open(file.toString())) {
            other.openMap("things").put("a", "b");
        }
        byte[] before = Files.readAllBytes(file);
        assertEquals("Session store " + file + " belongs to another application" + REMEDY, refusal(file));
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void fileThatWasCutOff_isRefusedOrIsOfAnEarlierMoment() throws IOException {
        byte[] sound = Files.readAllBytes(sound());
        for (int length = 1; length < sound.length; length += 7_001) {
            assertUsableOrRefused(Arrays.copyOf(sound, length));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fileWithWrongBytes_isRefusedOrShowsWhatIsRight(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] sound = Files.readAllBytes(sound());
        for (int round = 0; round < 50; round++) {
            byte[] wrong = sound.clone();
            for (int count = 1 << random.nextInt(12); count > 0; count--) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            assertUsableOrRefused(wrong);
        }
    }

    /** Everything that can be asked of a store of those bytes is answered, or refused as a store refuses. */
    private void assertUsableOrRefused(byte[] bytes) throws IOException {
        Path file = folder.resolve("bad");
        Files.write(file, bytes);
        try (FileSessionStore store = new FileSessionStore(file)) {
            assertTrue(store.open().isPresent());
            Map<String, StoredSession> found = new HashMap<>();
            store.list(session -> found.put(session.key(), session));
            store.write(List.copyOf(found.values()), List.of("key1"));
            store.load("key2");
        } catch (StoreException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"number\":true}"})
    void textThatIsNoSession_countsAsGone(String text) throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        SessionFile file = SessionFile.open(disk);
        assertFalse(file.secrets().isEmpty());
        file.write(Map.of("a", SessionText.of(Kept.session("a", "1")).orElseThrow(), "b", text), List.of());
        try (FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk))) {
            store.open();
            assertEquals(Optional.empty(), store.load("b"));
            assertEquals(Map.of("a", "1"), Kept.notes(store));
        }
    }

    @Test
    void membersOfALaterVersion_arePassedOver() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        String text = SessionText.of(Kept.session("a", "1")).orElseThrow();
        SessionFile file = SessionFile.open(disk);
        assertFalse(file.secrets().isEmpty());
        file.write(Map.of("a", text.replaceFirst("\\{", "{\"later\":{\"x\":[1,null]},")), List.of());
        try (FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk))) {
            store.open();
            assertEquals(Optional.of(Kept.session("a", "1")), store.load("a"));
        }
    }
}
