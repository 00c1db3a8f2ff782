package dev.mooring.session;

import static dev.mooring.session.Berths.ALICE;
import static dev.mooring.session.Berths.BOB;
import static dev.mooring.session.Berths.IDLE;
import static dev.mooring.session.Berths.opening;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many sessions there may be, and who makes room for whom. */
@Timeout(60)
class SessionPlacesTest {
    private final Berths berths = Berths.with(limits -> limits.withSessions(5).withPerOwner(2));
    private final Berths evicting = Berths.with(limits -> limits.withSessions(4).withPerOwner(2).withEviction(true));

    @Test
    void ownerWithAllItsPlaces_isRefusedAndNobodyElse() {
        berths.ready(ALICE);
        berths.ready(ALICE);
        assertEquals(new Admission.Refused(Rejection.OWNER_FULL, 2), berths.manager.open(opening(ALICE)));
        berths.ready(BOB);
    }

    @Test
    void scopes_makeNoOtherOwner() {
        berths.ready(ALICE);
        berths.ready(new Principal(ALICE.issuer(), ALICE.subject(), Set.of("write")));
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
        berths.ready(new Principal("https://other", ALICE.subject(), Set.of()));
    }

    @Test
    void clientsWithoutCredentials_areCountedByAddress() {
        berths.created(opening(Principal.ANONYMOUS, "192.0.2.1"));
        berths.created(opening(Principal.ANONYMOUS, "192.0.2.1"));
        berths.assertRefused(Rejection.OWNER_FULL, opening(Principal.ANONYMOUS, "192.0.2.1"));
        berths.created(opening(Principal.ANONYMOUS, "192.0.2.2"));
        berths.created(opening(ALICE, "192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1"})
    void clientsOfThisMachineWithoutCredentials_areLimitedTogetherWithAllOnly(String address) {
        for (int i = 0; i < 5; i++) {
            berths.created(opening(Principal.ANONYMOUS, address));
        }
        berths.assertRefused(Rejection.FULL, opening(Principal.ANONYMOUS, address));
    }

    @Test
    void clientOfThisMachineWithCredentials_isLimited() {
        berths.created(opening(ALICE, "127.0.0.1"));
        berths.created(opening(ALICE, "127.0.0.1"));
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE, "127.0.0.1"));
    }

    @Test
    void thisProcess_isNotLimitedByOwner() {
        for (int i = 0; i < 5; i++) {
            berths.created(opening(Principal.LOCAL, ""));
        }
        assertEquals(new Admission.Refused(Rejection.FULL, 5), berths.manager.open(opening(Principal.LOCAL, "")));
    }

    @Test
    void refusalForAll_takesNoPlaceOfTheOwner() {
        for (int i = 0; i < 5; i++) {
            berths.created(opening(Principal.LOCAL, ""));
        }
        for (int i = 0; i < 10; i++) {
            berths.assertRefused(Rejection.FULL, opening(ALICE));
        }
        berths.manager.clear(EndReason.MANUAL);
        berths.ready(ALICE);
        berths.ready(ALICE);
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
    }

    @Test
    void everyEnd_givesThePlaceBack() {
        for (EndReason reason : EndReason.values()) {
            Session session = berths.ready(ALICE);
            session.acquire();
            berths.ready(ALICE);
            berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
            berths.manager.close(session, reason);
            berths.ready(ALICE);
            berths.clock.advance(IDLE.plus(Berths.LATE));
            assertEquals(0, berths.manager.size());
        }
    }

    @Test
    void rejections_areCountedByCause() {
        berths.ready(ALICE);
        berths.ready(ALICE);
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
        berths.manager.close();
        berths.assertRefused(Rejection.CLOSED, opening(ALICE));
        assertEquals(Map.of(Rejection.OWNER_FULL, 2L, Rejection.CLOSED, 1L),
                berths.manager.statistics().rejectedByCause());
    }

    @Test
    void ownerAtItsLimit_losesTheSessionItHasNotUsedForLongest() {
        Session first = evicting.ready(ALICE);
        evicting.clock.advance(Duration.ofSeconds(1));
        Session second = evicting.ready(ALICE);
        Session other = evicting.ready(BOB);
        evicting.clock.advance(Duration.ofSeconds(1));
        Berths.use(first);
        evicting.ready(ALICE);
        assertEquals(EndReason.EVICTED, second.endReason());
        assertNull(first.endReason());
        assertNull(other.endReason());
    }

    @Test
    void sessionInUse_isNeverEvicted() {
        Session first = evicting.ready(ALICE);
        Session second = evicting.ready(ALICE);
        first.acquire();
        evicting.clock.advance(Duration.ofSeconds(1));
        Berths.use(second);
        Session third = evicting.ready(ALICE);
        assertEquals(EndReason.EVICTED, second.endReason());
        third.acquire();
        evicting.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
    }

    @Test
    void atTheLimitOfAll_anOwnerLosesItsOwnOnly() {
        evicting.ready(BOB);
        evicting.ready(BOB);
        Session mine = evicting.ready(ALICE);
        evicting.created(opening(Principal.ANONYMOUS));
        evicting.ready(ALICE);
        assertEquals(EndReason.EVICTED, mine.endReason());
        evicting.assertRefused(Rejection.FULL, opening(new Principal("https://issuer", "carol", Set.of())));
        assertEquals(4, evicting.manager.size());
    }

    @Test
    void clientsOfThisMachineWithoutCredentials_evictNobody() {
        for (int i = 0; i < 4; i++) {
            evicting.created(opening(Principal.ANONYMOUS, "127.0.0.1"));
        }
        evicting.assertRefused(Rejection.FULL, opening(Principal.ANONYMOUS, "127.0.0.1"));
        evicting.assertRefused(Rejection.FULL, opening(Principal.LOCAL, "127.0.0.1"));
        assertEquals(4, evicting.manager.size());
    }

    @Test
    void withoutEviction_nobodyLosesAnything() {
        Session first = berths.ready(ALICE);
        berths.ready(ALICE);
        berths.clock.advance(Duration.ofMinutes(1));
        berths.assertRefused(Rejection.OWNER_FULL, opening(ALICE));
        assertNull(first.endReason());
    }

    @Test
    void limitsBelowOne_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> Berths.LIMITS.withSessions(0));
        assertThrows(IllegalArgumentException.class, () -> Berths.LIMITS.withPerOwner(0));
    }

    @Test
    void refusal_namesItsSetting() {
        Admission.Refused refused = assertInstanceOf(Admission.Refused.class, full().manager.open(opening(ALICE)));
        assertEquals("MCP_MAX_SESSIONS", refused.cause().setting());
        assertEquals("MCP_MAX_SESSIONS_PER_PRINCIPAL", Rejection.OWNER_FULL.setting());
    }

    private static Berths full() {
        Berths full = Berths.with(limits -> limits.withSessions(1));
        full.ready(BOB);
        return full;
    }
}
