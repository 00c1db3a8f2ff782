package dev.mooring.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.mooring.lease.EndReason;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What holds of sessions whichever thread comes first. */
public final class SessionStress {
    private SessionStress() {}

    @JCStressTest
    @Description("Two who open the last session of all: whether each did, and whether the limit holds after")
    @Outcome(id = {"true, false, true", "false, true, true"}, expect = ACCEPTABLE, desc = "One of them got the place.")
    @Outcome(expect = FORBIDDEN, desc = "Both got it, or neither, or a place was lost or won.")
    @State
    public static class LastPlaceOfAll {
        private final Quay quay = Quay.ofOne();

        @Actor
        public void one(ZZZ_Result r) {
            r.r1 = quay.open() != null;
        }

        @Actor
        public void other(ZZZ_Result r) {
            r.r2 = quay.open() != null;
        }

        @Arbiter
        public void look(ZZZ_Result r) {
            r.r3 = quay.hasOnePlace();
        }
    }

    @JCStressTest
    @Description("Two who open the last session of their owner: whether each did, and whether the limit holds after")
    @Outcome(id = {"true, false, true", "false, true, true"}, expect = ACCEPTABLE, desc = "One of them got the place.")
    @Outcome(expect = FORBIDDEN, desc = "Both got it, or neither, or a place was lost or won.")
    @State
    public static class LastPlaceOfAnOwner {
        private final Quay quay = Quay.ofOneEach();

        @Actor
        public void one(ZZZ_Result r) {
            r.r1 = quay.open() != null;
        }

        @Actor
        public void other(ZZZ_Result r) {
            r.r2 = quay.open() != null;
        }

        @Arbiter
        public void look(ZZZ_Result r) {
            r.r3 = quay.hasOnePlace();
        }
    }

    @JCStressTest
    @Description("Open against the close of who has the place: opened, closed, whether the limit holds after")
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "Closed first: the place was free.")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "Opened first: refused, the place was taken.")
    @Outcome(expect = FORBIDDEN, desc = "The close was lost, or a place was lost or won.")
    @State
    public static class OpenAgainstClose {
        private final Quay quay = Quay.ofOne();
        private final Session first = quay.opened();

        @Actor
        public void open(ZZZ_Result r) {
            r.r1 = quay.open() != null;
        }

        @Actor
        public void close(ZZZ_Result r) {
            r.r2 = quay.manager.close(first, EndReason.MANUAL);
        }

        @Arbiter
        public void look(ZZZ_Result r) {
            r.r3 = quay.hasOnePlace();
        }
    }

    @JCStressTest
    @Description("Two who close a session: whether each did, and how many ends are counted")
    @Outcome(id = {"true, false, 1", "false, true, 1"}, expect = ACCEPTABLE, desc = "One of them closed it.")
    @Outcome(expect = FORBIDDEN, desc = "Closed twice, by nobody, or counted wrong.")
    @State
    public static class TwoCloses {
        private final Quay quay = Quay.ofOne();
        private final Session session = quay.opened();

        @Actor
        public void one(ZZI_Result r) {
            r.r1 = quay.manager.close(session, EndReason.CLIENT_REQUEST);
        }

        @Actor
        public void other(ZZI_Result r) {
            r.r2 = quay.manager.close(session, EndReason.TRANSPORT_CLOSED);
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = (int) quay.manager.statistics().closed() + quay.manager.size();
        }
    }

    @JCStressTest
    @Description("A message that finds a session against its close: found, references after, sessions after")
    @Outcome(id = "true, 1, 0", expect = ACCEPTABLE, desc = "Found first: held to the end of the message.")
    @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "Closed first: its client is told it is gone.")
    @Outcome(expect = FORBIDDEN, desc = "Found and not held, held and not found, or still there.")
    @State
    public static class FindAgainstClose {
        private final Quay quay = Quay.ofOne();
        private final Session session = quay.opened();

        @Actor
        public void find(ZII_Result r) {
            r.r1 = quay.manager.acquire(session.id(), session.owner()) != null;
        }

        @Actor
        public void close() {
            quay.manager.close(session, EndReason.MANUAL);
        }

        @Arbiter
        public void look(ZII_Result r) {
            r.r2 = session.references();
            r.r3 = quay.manager.size();
        }
    }

    @JCStressTest
    @Description("Open against the end of the whole manager: opened, sessions after, places taken after")
    @Outcome(id = {"true, 0, 0", "false, 0, 0"}, expect = ACCEPTABLE, desc = "Nothing outlives the manager.")
    @Outcome(expect = FORBIDDEN, desc = "A session lives in a manager that is closed.")
    @State
    public static class OpenAgainstShutdown {
        private final Quay quay = Quay.ofOne();

        @Actor
        public void open(ZII_Result r) {
            r.r1 = quay.open() != null;
        }

        @Actor
        public void shutdown() {
            quay.manager.close();
        }

        @Arbiter
        public void look(ZII_Result r) {
            r.r2 = quay.manager.size();
            r.r3 = quay.manager.sessions().size();
        }
    }

    @JCStressTest
    @Description("Open against the end of the new session's lifetime: ended, found after, whether the limit holds after")
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "It ended as it began, and nothing is left of it.")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "It lives, because its time began later.")
    @Outcome(expect = FORBIDDEN, desc = "It ended and can be found, or a place was lost or won.")
    @State
    public static class OpenAgainstLifetime {
        private final Quay quay = Quay.ofOneForAWhile();
        private @Nullable Session session; // the opener's, then the arbiter's

        @Actor
        public void open() {
            session = quay.open();
        }

        @Actor
        public void outlive() {
            quay.outlive();
        }

        @Arbiter
        public void look(ZZZ_Result r) {
            Session opened = session;
            r.r1 = opened != null && opened.endReason() != null;
            r.r2 = opened != null && quay.manager.has(opened.label());
            r.r3 = quay.hasOnePlace();
        }
    }

    @JCStressTest
    @Description("A proof of who the client is against the end: proved, whether anybody is counted after")
    @Outcome(id = {"true, false", "false, false"}, expect = ACCEPTABLE, desc = "Who has ended is not counted.")
    @Outcome(expect = FORBIDDEN, desc = "The count of those who proved themselves is off for ever.")
    @State
    public static class AuthenticateAgainstClose {
        private final Quay quay = Quay.ofOne();
        private final Session session = quay.anonymous();

        @Actor
        public void authenticate(ZZ_Result r) {
            r.r1 = quay.manager.authenticate(session);
        }

        @Actor
        public void close() {
            quay.manager.close(session, EndReason.MANUAL);
        }

        @Arbiter
        public void look(ZZ_Result r) {
            r.r2 = quay.manager.statistics().authenticated() != 0;
        }
    }
}
