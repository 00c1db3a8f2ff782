package dev.mooring.session;

import static dev.mooring.session.Berths.ALICE;
import static dev.mooring.session.Berths.IDLE;
import static dev.mooring.session.Berths.LATE;
import static dev.mooring.session.Berths.opening;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Ended;
import dev.mooring.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What is audited, reported and logged of sessions. */
@Timeout(60)
class SessionUpkeepTest {
    private final Log log = Log.of("dev.mooring.session");
    private final Berths berths = Berths.of(Berths.LIMITS);
    private final SessionUpkeep upkeep = upkeep(berths, SessionIntervals.DEFAULT);

    private static SessionUpkeep upkeep(Berths berths, SessionIntervals intervals) {
        return new SessionUpkeep(berths.manager, berths.clock, intervals);
    }

    @AfterEach
    void stop() {
        upkeep.close();
        log.close();
    }

    @Test
    void auditWhereAllIsWell_mendsNothing() {
        berths.ready().acquire();
        berths.created(opening(Principal.ANONYMOUS));
        berths.manager.close(berths.ready(), EndReason.MANUAL);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, upkeep.audit());
            berths.clock.advance(Duration.ofMinutes(4));
        }
        assertEquals(List.of(), log.lines("WARN"));
    }

    @Test
    void sessionForgottenByItsAlarm_isClosedByTheAudit() throws InterruptedException {
        Berths deaf = Berths.withoutAlarms(Berths.LIMITS);
        SessionUpkeep audits = upkeep(deaf, SessionIntervals.DEFAULT);
        Session idle = deaf.ready();
        Session busy = deaf.ready();
        busy.acquire();
        deaf.clock.advance(IDLE.plusSeconds(5));
        assertEquals(0, audits.audit());
        deaf.clock.advance(LATE);
        assertEquals(1, audits.audit());
        assertEquals(1, deaf.manager.statistics().stale());
        assertEquals(EndReason.IDLE, idle.occupant(Tenant.class).reason());
        assertNull(busy.endReason());
        assertEquals(0, audits.audit());
        assertEquals(0, deaf.manager.statistics().stale());
    }

    @Test
    void sessionForgottenAtItsLifetime_isClosedByTheAudit() {
        Berths deaf = Berths
                .withoutAlarms(Berths.LIMITS.withTimeouts(SessionTimeouts.DEFAULT.withLifetime(Duration.ofHours(1))));
        Session busy = deaf.ready();
        busy.acquire();
        deaf.clock.advance(Duration.ofMinutes(61));
        assertEquals(1, upkeep(deaf, SessionIntervals.DEFAULT).audit());
        assertEquals(EndReason.LIFETIME, busy.endReason());
    }

    @Test
    void sessionThatEndedAndWasLeftBehind_isTakenOutByTheSecondAudit() {
        Session left = berths.ready();
        Ended.silently(left.lease());
        assertEquals(0, upkeep.audit());
        assertTrue(berths.manager.has(left.label()));
        assertEquals(1, upkeep.audit());
        assertFalse(berths.manager.has(left.label()));
        assertEquals(0, berths.manager.size());
        assertEquals(List.of(), List.copyOf(berths.manager.sessions(ALICE)));
        assertEquals(1, log.lines("had ended and was still indexed").size());
        assertEquals(0, upkeep.audit());
    }

    @Test
    void audits_comeAtTheirInterval() {
        try (SessionUpkeep started = upkeep(berths, SessionIntervals.DEFAULT.withAudit(Duration.ofMinutes(20)))) {
            started.start();
            assertEquals(List.of("INFO Session cleanup timer started: intervalMs=1200000 staleTimeoutMs=600000"),
                    log.lines("timer started"));
            berths.ready();
            berths.ready();
            berths.clock.advance(Duration.ofMinutes(19));
            assertEquals(List.of(), log.lines("Cleaned up"));
            berths.clock.advance(Duration.ofMinutes(2));
            Await.until(() -> log.lines("Cleaned up expired sessions: count=2").size() == 1, "the audit");
        }
        berths.clock.advance(Duration.ofHours(2));
        assertEquals(1, log.lines("Session audit").size());
    }

    @Test
    void report_namesWhoIsThereUpToABound() {
        upkeep.report();
        assertEquals(List.of("INFO [MCP Server] Active transports: 0"), log.lines("[MCP Server]"));
        for (int i = 0; i < 25; i++) {
            berths.ready(opening(ALICE), "client-" + i);
        }
        berths.clock.advance(Duration.ofMinutes(3));
        int before = log.lines().size();
        upkeep.report();
        List<String> lines = log.lines().subList(before, log.lines().size());
        assertEquals("INFO [MCP Server] Active transports: 25", lines.get(0));
        assertEquals("INFO [MCP Server] Active sessions:", lines.get(1));
        assertTrue(lines.get(2).matches("INFO   - session-1-\\d{13}: active 3 minutes ago, client client-0"),
                lines::toString);
        assertEquals("INFO   … and 5 more", lines.get(22));
        assertEquals(23, lines.size());
    }

    @Test
    void reports_comeAtTheirIntervalIfAny() {
        berths.ready().acquire();
        try (SessionUpkeep silent = upkeep(berths, SessionIntervals.DEFAULT)) {
            silent.start();
            berths.clock.advance(Duration.ofHours(1));
            assertEquals(List.of(), log.lines("[MCP Server]"));
        }
        try (SessionUpkeep talking = upkeep(berths, SessionIntervals.DEFAULT.withReport(Duration.ofMinutes(30)))) {
            talking.start();
            berths.clock.advance(Duration.ofHours(1));
            assertEquals(2, log.lines("Active transports: 1").size());
        }
    }

    @Test
    void nameOfAClient_forgesNoLine() {
        String name = "evil\n12:00 INFO forged\r\u001b[31m\u0085\u009b\u2028\u202egnp";
        berths.ready(opening(ALICE), name);
        upkeep.report();
        berths.manager.clear(EndReason.MANUAL);
        String all = String.join("", log.lines());
        assertTrue(all.contains("client evil?12:00 INFO forged??[31m?????gnp")
                || all.contains("client evil?12:00 INFO forged??[31m????gnp"), all);
        assertTrue(all.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u202e'), all);
    }

    @Test
    void longNameOfAClient_isCutBetweenCharacters() {
        assertEquals("x".repeat(79) + "…", Printable.of("x".repeat(79) + "😀".repeat(9)));
        assertEquals("x".repeat(80), Printable.of("x".repeat(80)));
        assertEquals("x".repeat(80) + "…", Printable.of("x".repeat(81)));
        assertEquals("a", Printable.of(" \t a \n"));
    }

    @Test
    void everyEnd_isLoggedWithItsReason() {
        for (EndReason reason : EndReason.values()) {
            if (reason != EndReason.IDLE) {
                Session session = berths.ready();
                berths.manager.close(session, reason);
                Await.until(() -> log.lines("closed: " + session.label()).size() == 1, "the end to be logged");
                assertEquals(List
                        .of("INFO MCP session closed: " + session.label() + " reason=" + reason.text() + " sessions=0"),
                        log.lines("closed: " + session.label()));
            }
        }
        assertEquals(List.of("server shutdown", "client requested termination", "transport closed", "manual"),
                List.of(EndReason.SHUTDOWN.text(), EndReason.CLIENT_REQUEST.text(), EndReason.TRANSPORT_CLOSED.text(),
                        EndReason.MANUAL.text()));
    }

    @Test
    void idleEnd_isLoggedWithItsTimes() {
        Session session = berths.ready();
        Instant last = berths.clock.now();
        berths.clock.advance(IDLE);
        while (session.endReason() == null) {
            berths.clock.advance(Duration.ofMillis(1));
        }
        Await.until(() -> log.lines("session closed").size() == 1, "the end to be logged");
        assertEquals(List.of("INFO Session expired: " + session.label() + ", last active " + last),
                log.lines("Session expired"));
        String closed = log.lines("session closed").getFirst();
        assertTrue(closed.matches(".*reason=timeout \\(inactive for 60[01]\\d{3}ms\\) sessions=0"), closed);
    }

    @Test
    void expiry_isLoggedByNobodyWhoKeepsTime() {
        Queue<Thread> writers = new ConcurrentLinkedQueue<>();
        AppenderBase<ILoggingEvent> asking = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                writers.add(Thread.currentThread());
            }
        };
        berths.ready();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.mooring.session");
        asking.start();
        logger.addAppender(asking);
        berths.clock.advance(IDLE.plus(LATE)); // on this thread
        Await.until(() -> writers.size() == 2, "the end to be logged");
        logger.detachAppender(asking);
        assertFalse(writers.contains(Thread.currentThread()), "a log that blocks would hold up all other ends");
    }

    @Test
    void wholeLife_isLoggedWithoutTheId() {
        Session session = berths.ready();
        berths.manager.acquire(session.id() + "x", ALICE);
        berths.manager.close(session, EndReason.MANUAL);
        berths.manager.acquire(session.id(), ALICE);
        berths.manager.close();
        assertEquals(1,
                log.lines("INFO MCP session created: " + session.label() + " transport=http sessions=1").size());
        assertEquals(1,
                log.lines("INFO MCP session initialized: " + session.label() + " client=client 1 revision=2025-11-25")
                        .size());
        assertEquals(1, log.lines("INFO Shutting down session manager: sessions=0").size());
        assertTrue(log.lines().stream().noneMatch(line -> line.contains(session.id())), "an id was logged");
    }

    @Test
    void intervalsThatMakeNoSense_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> SessionIntervals.DEFAULT.withAudit(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> SessionIntervals.DEFAULT.withReport(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class,
                () -> SessionIntervals.DEFAULT.withHeartbeat(Duration.ofSeconds(-1)));
    }
}
