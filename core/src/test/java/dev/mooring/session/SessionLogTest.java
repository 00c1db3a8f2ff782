package dev.mooring.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Leases;
import dev.mooring.lease.TimerWheel;
import dev.mooring.time.Time;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log names sessions by their label; the id is a secret. */
class SessionLogTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger sessions = (Logger) LoggerFactory.getLogger("dev.mooring.session");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final TimerWheel wheel = new TimerWheel(Time.system());

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        sessions.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        sessions.setLevel(null);
        wheel.close();
    }

    @Test
    void sessionThatComesAndGoes_isLoggedByItsLabelOnly() {
        SessionManager manager =
                new SessionManager(SessionLimits.DEFAULT, Time.system(), new Leases(Time.system(), wheel));
        Opening opening = new Opening(Principal.ANONYMOUS, "http", "192.0.2.1", true, reason -> {});
        Session session = assertInstanceOf(Admission.Opened.class, manager.open(opening)).session();
        manager.acquire(session.id(), Principal.LOCAL);
        manager.close(session, EndReason.CLIENT_REQUEST);
        List<String> lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertEquals(
                List.of("MCP session created: " + session.label() + " transport=http sessions=1",
                        "MCP session closed: " + session.label() + " reason=client requested termination sessions=0"),
                lines);
        assertFalse(lines.toString().contains(session.id()));
        assertTrue(session.label().matches("session-\\d+-\\d{13}"), session.label());
    }
}
