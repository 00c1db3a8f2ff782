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
import org.junit.jupiter.params.provider.ValueSource;

/** The power is cut at any moment, again and again: what was acknowledged is there, and of the rest all or nothing. */
class PowerCutTest {
    private static final int CUTS = 100;

    /**
     * Few changes between two cuts reach the making of the file, many the use of freed space. With the seed 2103 a chunk is
     * written over the one that the header would name, if each chunk did not have its own.
     */
    @ParameterizedTest
    @CsvSource({"1, 40", "2, 40", "3, 40", "4, 40", "5, 200", "6, 200", "7, 200", "8, 600", "9, 600", "10, 600",
        "2103, 600", "12, 2000"})
    void powerIsCutAtAnyMoment_everyBatchIsWholeOrAbsent(long seed, int most) {
        Life life = new Life(new Random(seed));
        for (int cut = 0; cut < CUTS; cut++) {
            life.untilPowerCut(most);
        }
    }

    /** Batches of all sizes, because what is written over depends on them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 10, 40})
    void powerIsCutBeforeAnythingIsSafe_batchIsWholeOrAbsent(int most) {
        Random random = new Random(most);
        SimulatedDisk disk = new SimulatedDisk();
        List<SimulatedDisk> cut = new ArrayList<>();
        try (FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk))) {
            store.open();
            disk.beforeEachForce(() -> cut.add(disk.afterPowerCut(random)));
            Map<String, String> before = Map.of();
            for (int batch = 0; batch < 300; batch++) {
                String note = batch + "x".repeat(random.nextInt(200));
                store.write(random.ints(1 + random.nextInt(most), 0, 40)
                        .mapToObj(key -> Kept.session("key" + key, note))
                        .toList(), List.of("key" + random.nextInt(40)));
                Map<String, String> after = Kept.notes(store);
                for (SimulatedDisk left : cut) {
                    assertOneOf(List.of(before, after), left);
                }
                cut.clear();
                before = after;
            }
        }
    }

    private static void assertOneOf(List<Map<String, String>> states, SimulatedDisk disk) {
        try (FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk))) {
            store.open();
            Map<String, String> notes = Kept.notes(store);
            assertTrue(states.contains(notes), () -> "none of " + states + " but " + notes);
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
