package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mooring.lease.EndReason;
import dev.mooring.server.McpServer;
import dev.mooring.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call's reference to its session is given back once, however lending and leaving fall together. */
class HoldTest {
    private final HttpLike http = new HttpLike();
    private final McpServer server = McpServer.named("test", "1").transport(http).start();

    @BeforeEach
    void open() throws InterruptedException {
        http.client().initialize("2025-11-25");
        session().acquire(); // somebody else's
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Session session() {
        return server.sessions().sessions().iterator().next();
    }

    private Hold hold() {
        session().acquire();
        return Hold.of(session());
    }

    @Test
    void lentAndTakenBack_isHeldUntilItLeaves() {
        Hold hold = hold();
        hold.lend();
        hold.lend();
        assertEquals(1, session().references());
        hold.retake();
        hold.retake();
        assertEquals(2, session().references());
        hold.leave();
        hold.leave();

        assertEquals(1, session().references());
    }

    @Test
    void leavingWhileLent_givesNothingBackTwice() {
        Hold hold = hold();
        hold.lend();
        hold.leave();
        assertEquals(1, session().references());
        hold.retake();
        hold.lend();

        assertEquals(1, session().references());
    }

    @Test
    void sessionThatEndedMeanwhile_isNotTakenBack() {
        Session session = session();
        Hold hold = hold();
        hold.lend();
        server.sessions().close(session, EndReason.MANUAL);
        hold.retake();
        hold.leave();

        assertEquals(1, session.references());
    }
}
