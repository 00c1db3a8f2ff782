package dev.mooring.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.session.StoreException;
import dev.mooring.session.StoredSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The power is cut at any moment, again and again: what was acknowledged is there, and of the rest all or nothing. */
class PowerCutTest {
    private static final int CUTS = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void powerIsCutAtAnyMoment_everyBatchIsWholeOrAbsent(long seed) {
        Random random = new Random(seed);
        Life life = new Life(random);
        for (int cut = 0; cut < CUTS; cut++) {
            life.untilPowerCut(random.nextInt(1, 600));
        }
    }

    /** One disk through many power cuts. */
    private static final class Life {
        private final Random random;
        private SimulatedDisk disk = new SimulatedDisk();
        private Map<String, String> acknowledged = new HashMap<>();
        private Map<String, String> attempted = new HashMap<>();
        private @Nullable String keys; // null until open returned once

        private Life(Random random) {
            this.random = random;
        }

        private void untilPowerCut(int changes) {
            disk.cutPowerAfter(changes);
            try {
                while (true) {
                    FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk));
                    check(store);
                    for (int batches = random.nextInt(30); batches > 0; batches--) {
                        write(store);
                    }
                    store.close();
                }
            } catch (StoreException e) {
                assertEquals("no power", rootOf(e).getMessage());
            }
            disk = disk.afterPowerCut(random);
        }

        private void check(FileSessionStore store) {
            String found = Kept.fingerprint(store.open().orElseThrow());
            assertEquals(keys == null ? found : keys, found);
            keys = found;
            Map<String, String> notes = Kept.notes(store);
            assertTrue(notes.equals(acknowledged) || notes.equals(attempted),
                    () -> "neither " + acknowledged.keySet() + " nor " + attempted.keySet() + " but " + notes.keySet());
            acknowledged = notes;
        }

        private void write(FileSessionStore store) {
            attempted = new HashMap<>(acknowledged);
            List<StoredSession> changed = new ArrayList<>();
            for (int count = random.nextInt(20); count > 0; count--) {
                String key = "key" + random.nextInt(200);
                String note = random.nextLong() + "x".repeat(random.nextInt(2_000));
                changed.add(Kept.session(key, note));
                attempted.put(key, note);
            }
            List<String> ended = random.ints(random.nextInt(20), 0, 200).mapToObj(i -> "key" + i).toList();
            ended.forEach(attempted::remove);
            store.write(changed, ended);
            acknowledged = attempted;
        }

        private static Throwable rootOf(Throwable e) {
            return e.getCause() == null ? e : rootOf(e.getCause());
        }
    }
}
