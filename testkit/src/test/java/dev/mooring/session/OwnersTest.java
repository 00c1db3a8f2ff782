package dev.mooring.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Places of owners: taken before there is a session, given back after. */
class OwnersTest {
    private final Owners owners = new Owners();

    @Test
    void ownerWithoutPlaces_isForgotten() {
        for (int i = 0; i < 100; i++) {
            assertTrue(owners.reserve("a", 2));
            assertTrue(owners.reserve("a", 2));
            assertFalse(owners.reserve("a", 2));
            assertEquals(1, owners.size());
            owners.free("a");
            owners.free("a");
            assertEquals(0, owners.size());
        }
    }

    @Test
    void refusedOwner_isNotRemembered() {
        assertFalse(owners.reserve("a", 0));
        assertEquals(0, owners.size());
        assertEquals(List.of(), List.copyOf(owners.sessions("a")));
    }

    @Test
    void placeOfNobody_isGivenBackInVain() {
        owners.free("a");
        assertTrue(owners.reserve("a", 1));
        assertFalse(owners.reserve("a", 1));
    }
}
