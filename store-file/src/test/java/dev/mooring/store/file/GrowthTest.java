package dev.mooring.store.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.session.StoredSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The file stays in proportion to what is in it. */
class GrowthTest {
    private static final int SESSIONS = 200_000;
    private static final int BATCH = 1_000;
    private static final int MEGABYTE = 1 << 20;

    @Test
    void sessionsThatComeAndGo_doNotMakeTheFileGrow() throws Exception {
        SimulatedDisk disk = new SimulatedDisk();
        long largest = 0;
        try (FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk))) {
            store.open();
            List<String> ended = List.of();
            for (int from = 0; from < SESSIONS; from += BATCH) {
                List<StoredSession> changed = batch(from);
                store.write(changed, ended);
                ended = changed.stream().map(StoredSession::key).toList();
                largest = Math.max(largest, disk.size());
            }
            store.write(List.of(), ended);
            for (int batch = 0; batch < 10; batch++) {
                store.write(List.of(Kept.session("last", "" + batch)), List.of());
            }
        }
        assertTrue(largest < 4 * MEGABYTE, "largest: " + largest);
        assertTrue(disk.size() < MEGABYTE, "at the end: " + disk.size());
    }

    private static List<StoredSession> batch(int from) {
        List<StoredSession> batch = new ArrayList<>(BATCH);
        IntStream.range(from, from + BATCH)
                .forEach(number -> batch.add(Kept.session(Integer.reverse(number) + "-" + number, "note")));
        return batch;
    }
}
