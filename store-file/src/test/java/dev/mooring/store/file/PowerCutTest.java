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
import org.junit.jupiter.params.provider.CsvSource;

/** The power is cut at any moment, again and again: what was acknowledged is there, and of the rest all or nothing. */
class PowerCutTest {
    private static final int CUTS = 100;

    /** Few changes between two cuts reach the making of the file, many the use of freed space. */
    @ParameterizedTest
    @CsvSource({"1, 40", "2, 40", "3, 40", "336, 40", "343, 40", "4, 200", "361, 200", "495, 200", "5, 600", "6, 600",
        "106, 600", "109, 600", "139, 600", "2103, 600", "7, 2000"})
    void powerIsCutAtAnyMoment_everyBatchIsWholeOrAbsent(long seed, int most) {
        Life life = new Life(new Random(seed));
        for (int cut = 0; cut < CUTS; cut++) {
            life.untilPowerCut(most);
        }
    }

    /** One disk through many power cuts. */
    private static final class Life {
        private final Random random;
        private SimulatedDisk disk = new SimulatedDisk();
        private Map<String, String> acknowledged = new HashMap<>();
        private Map<String, String> attempted = new HashMap<>();
        private @Nullable String keys; // none until open has returned once

        private Life(Random random) {
            this.random = random;
        }

        private void untilPowerCut(int most) {
            disk.cutPowerAfter(random.nextInt(1, most));
            try {
                while (true) {
                    liveOn();
                }
            } catch (StoreException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("no power"), e::getMessage);
            }
            disk = disk.afterPowerCut(random);
        }

        private void liveOn() {
            try (FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk))) {
                String found = Kept.fingerprint(store.open().orElseThrow());
                assertEquals(keys == null ? found : keys, found);
                keys = found;
                Map<String, String> notes = Kept.notes(store);
                assertTrue(notes.equals(acknowledged) || notes.equals(attempted),
                        () -> "neither " + acknowledged + " nor " + attempted + " but " + notes);
                acknowledged = notes;
                for (int batches = random.nextInt(30); batches > 0; batches--) {
                    write(store);
                }
            }
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
            List<String> ended = random.ints(random.nextInt(20), 0, 200).mapToObj(number -> "key" + number).toList();
            ended.forEach(attempted::remove);
            store.write(changed, ended);
            acknowledged = attempted;
        }
    }
}
