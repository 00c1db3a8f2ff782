package dev.mooring.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.session.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A disk that fails while the store is open, and is well again later. */
class FailingDiskTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final FileSessionStore store = new FileSessionStore(Path.of("sessions"), () -> Optional.of(disk));

    @Test
    void diskThatIsFull_failsWritesOnlyAndWholeBatches() {
        store.open();
        store.write(List.of(Kept.session("a", "before"), Kept.session("b", "before")), List.of());
        boolean full = true;
        for (int room = 0; full; room++) {
            disk.cutPowerAfter(room);
            full = fails(
                    () -> store.write(List.of(Kept.session("a", "full"), Kept.session("c", "full")), List.of("b")));
            disk.cutPowerAfter(0);
            Map<String, String> notes = Kept.notes(store);
            assertTrue(Map.of("a", "before", "b", "before").equals(notes)
                    || Map.of("a", "full", "c", "full").equals(notes), notes::toString);
            disk.cutPowerAfter(Long.MAX_VALUE);
            store.write(List.of(Kept.session("a", "before"), Kept.session("b", "before")), List.of("c"));
            assertEquals(Map.of("a", "before", "b", "before"), Kept.notes(store));
        }
    }

    @Test
    void diskThatIsGone_isToldByEveryMethodWithItsCauseUntilItIsBack() {
        String keys = store.open().map(Kept::fingerprint).orElseThrow();
        store.write(List.of(Kept.session("a", "1")), List.of());
        disk.failing(true);
        List<Executable> all = List.of(() -> store.write(List.of(Kept.session("a", "2")), List.of()),
                () -> store.load("a"), () -> store.list(session -> {}), () -> store.write(List.of(), List.of("a")));
        for (Executable each : all) {
            StoreException told = assertThrows(StoreException.class, each);
            assertEquals("Session store sessions cannot be used: the disk is gone", told.getMessage());
            assertInstanceOf(IOException.class, rootOf(told));
        }
        disk.failing(false);
        assertEquals(Map.of("a", "1"), Kept.notes(store));
        store.write(List.of(Kept.session("a", "3")), List.of());
        store.close();
        assertEquals(Optional.of(keys), store.open().map(Kept::fingerprint));
        assertEquals(Map.of("a", "3"), Kept.notes(store));
    }

    @Test
    void diskThatFailsWhenOpened_canBeOpenedLater() {
        disk.failing(true);
        assertThrows(StoreException.class, store::open);
        disk.failing(false);
        assertTrue(store.open().isPresent());
    }

    private static boolean fails(Runnable work) {
        try {
            work.run();
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }
}
