package dev.mooring.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process has to do with the file: it holds it, it is killed while it writes. */
class OtherProcessTest {
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void killedAtAnyMoment_everyAcknowledgedBatchIsThereAndEachIsWhole() throws Exception {
        Random random = new Random();
        Path file = folder.resolve("sessions");
        String keys = "";
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Child child = new Child(file, next)) {
                String opened = child.next();
                assertEquals(keys.isEmpty() ? opened : keys, opened);
                keys = opened;
                for (int batches = random.nextInt(30); batches > 0; batches--) {
                    assertEquals(String.valueOf(next++), child.next());
                }
                LockSupport.parkNanos(random.nextInt(20_000_000)); // so that it is killed at any moment of a batch
                next += child.kill().size();
            }
            next = writtenOf(file, keys, next);
        }
    }

    /** Checks what is in the file of that many acknowledged batches, and returns how many are there. */
    private static int writtenOf(Path file, String keys, int acknowledged) {
        try (FileSessionStore store = new FileSessionStore(file)) {
            assertEquals(keys, Kept.fingerprint(store.open().orElseThrow()));
            Map<String, String> notes = Kept.notes(store);
            int written = notes.containsKey("only" + acknowledged) ? acknowledged + 1 : acknowledged;
            assertEquals(afterBatches(written), notes);
            return written;
        }
    }

    private static Map<String, String> afterBatches(int count) {
        Map<String, String> notes = new HashMap<>();
        IntStream.range(Math.max(0, count - Child.STAY), count).forEach(batch -> notes.put("only" + batch, "" + batch));
        if (count > 0) {
            IntStream.range(0, Child.SESSIONS).forEach(number -> notes.put("all" + number, "" + (count - 1)));
        }
        return notes;
    }

    @Test
    void fileThatAnotherProcessHolds_opensWhenThatIsGone() throws Exception {
        Path file = folder.resolve("sessions");
        try (FileSessionStore store = new FileSessionStore(file); Child child = new Child(file, -1)) {
            String keys = child.next();
            assertTrue(store.open().isEmpty());
            assertTrue(store.open().isEmpty());
            assertEquals(List.of(), child.kill());
            assertEquals(keys, store.open().map(Kept::fingerprint).orElseThrow());
        }
    }

    @Test
    void refusedInThisProcess_lockStillKeepsOthersOut() throws Exception {
        Path file = folder.resolve("sessions");
        Path link = folder.resolve("link");
        try (FileSessionStore store = new FileSessionStore(file); FileSessionStore other = new FileSessionStore(link)) {
            assertTrue(store.open().isPresent());
            Files.createSymbolicLink(link, file);
            assertTrue(other.open().isEmpty());
            try (Child child = new Child(file, -1)) {
                assertEquals("held", child.next());
            }
        }
    }
}
