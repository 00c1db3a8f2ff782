package dev.mooring.lease;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** What holds of a lease whichever thread comes first. */
public final class LeaseStress {
    private LeaseStress() {}

    @JCStressTest
    @Description("Acquire against expire: acquired, expired, ended")
    @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "Used first: it lives.")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "Expired first: its user is told it is gone.")
    @Outcome(expect = FORBIDDEN, desc = "Held and gone, or neither.")
    @State
    public static class AcquireAgainstExpire {
        private final Lease lease = Standing.overdue();

        @Actor
        public void use(ZZZ_Result r) {
            r.r1 = lease.acquire();
        }

        @Actor
        public void expire(ZZZ_Result r) {
            r.r2 = lease.expire();
        }

        @Arbiter
        public void look(ZZZ_Result r) {
            r.r3 = lease.ended();
        }
    }

    @JCStressTest
    @Description("A use from its beginning to its end against expire: acquired, expired, references")
    @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "Used first, however briefly: it lives.")
    @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "Expired first: its user is told it is gone.")
    @Outcome(id = "true, true, 0", expect = FORBIDDEN, desc = "Expired although it had just been used.")
    @Outcome(expect = FORBIDDEN, desc = "Neither used nor expired, or a reference is left.")
    @State
    public static class WholeUseAgainstExpire {
        private final Lease lease = Standing.overdue();

        @Actor
        public void use(ZZI_Result r) {
            r.r1 = lease.acquire();
            if (r.r1) {
                lease.release();
            }
        }

        @Actor
        public void expire(ZZI_Result r) {
            r.r2 = lease.expire();
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = lease.references();
        }
    }

    @JCStressTest
    @Description("Release against expire: expired, references")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "In use before the release, just used after it: it lives.")
    @Outcome(expect = FORBIDDEN, desc = "Expired at the very end of a use, or a reference is left.")
    @State
    public static class ReleaseAgainstExpire {
        private final Lease lease = Standing.overdueInUse();

        @Actor
        public void release() {
            lease.release();
        }

        @Actor
        public void expire(ZI_Result r) {
            r.r1 = lease.expire();
        }

        @Arbiter
        public void look(ZI_Result r) {
            r.r2 = lease.references();
        }
    }

    @JCStressTest
    @Description("Release against close: closed, ended, references")
    @Outcome(id = "true, true, 0", expect = ACCEPTABLE, desc = "Closed, and the reference is given back.")
    @Outcome(expect = FORBIDDEN, desc = "The close was lost, or the reference is left.")
    @State
    public static class ReleaseAgainstClose {
        private final Lease lease = Standing.overdueInUse();

        @Actor
        public void release() {
            lease.release();
        }

        @Actor
        public void close(ZZI_Result r) {
            r.r1 = lease.close(EndReason.MANUAL);
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r2 = lease.ended();
            r.r3 = lease.references();
        }
    }

    @JCStressTest
    @Description("Two closes: the first one's answer, the second one's, the reason")
    @Outcome(id = "true, false, MANUAL", expect = ACCEPTABLE, desc = "The first one closed it, for its reason.")
    @Outcome(id = "false, true, SHUTDOWN", expect = ACCEPTABLE, desc = "The second one closed it, for its reason.")
    @Outcome(expect = FORBIDDEN, desc = "Closed twice, by nobody, or for the reason of who did not.")
    @State
    public static class TwoCloses {
        private final Lease lease = Standing.overdue();

        @Actor
        public void one(ZZL_Result r) {
            r.r1 = lease.close(EndReason.MANUAL);
        }

        @Actor
        public void other(ZZL_Result r) {
            r.r2 = lease.close(EndReason.SHUTDOWN);
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = lease.endReason();
        }
    }

    @JCStressTest
    @Description("Close against expire: closed, expired, the reason")
    @Outcome(id = "true, false, MANUAL", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(id = "false, true, IDLE", expect = ACCEPTABLE, desc = "Expired first.")
    @Outcome(expect = FORBIDDEN, desc = "Ended twice, not at all, or for the wrong reason.")
    @State
    public static class CloseAgainstExpire {
        private final Lease lease = Standing.overdue();

        @Actor
        public void close(ZZL_Result r) {
            r.r1 = lease.close(EndReason.MANUAL);
        }

        @Actor
        public void expire(ZZL_Result r) {
            r.r2 = lease.expire();
        }

        @Arbiter
        public void look(ZZL_Result r) {
            r.r3 = lease.endReason();
        }
    }

    @JCStressTest
    @Description("Acquire against the close of what nobody uses: acquired, closed, references")
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "Used first: it is not taken away.")
    @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "Taken away first: its user is told it is gone.")
    @Outcome(expect = FORBIDDEN, desc = "Taken away from its user, or neither.")
    @State
    public static class AcquireAgainstEviction {
        private final Lease lease = Standing.overdue();

        @Actor
        public void use(ZZI_Result r) {
            r.r1 = lease.acquire();
        }

        @Actor
        public void evict(ZZI_Result r) {
            r.r2 = lease.closeUnused(EndReason.EVICTED);
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = lease.references();
        }
    }

    @JCStressTest
    @Description("Two releases of one reference: references, whether it can be used")
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "The one too many does nothing.")
    @Outcome(expect = FORBIDDEN, desc = "The count went below zero, or into the state.")
    @State
    public static class TwoReleasesOfOne {
        private final Lease lease = Standing.overdueInUse();

        @Actor
        public void one() {
            lease.release();
        }

        @Actor
        public void other() {
            lease.release();
        }

        @Arbiter
        public void look(IZ_Result r) {
            r.r1 = lease.references();
            r.r2 = lease.acquire();
        }
    }

    @JCStressTest
    @Description("A shorter idle time against an alarm that rings: whether the next alarm is the early one")
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The lease is looked at when its new time is over.")
    @Outcome(expect = FORBIDDEN, desc = "The alarm waits for the old time: the lease would end late.")
    @State
    public static class ShorterTimeAgainstAlarm {
        private final Lease lease = Standing.watched();

        @Actor
        public void ring() {
            Standing.ENGINE.recheck(lease);
        }

        @Actor
        public void shorten() {
            Standing.ENGINE.idle(lease, Duration.ofSeconds(1));
        }

        @Arbiter
        public void look(Z_Result r) {
            r.r1 = lease.alarm.tick <= Duration.ofSeconds(2).toNanos() >>> 29;
            Standing.ENGINE.close(lease, EndReason.MANUAL); // off the wheel, which all rounds share
        }
    }
}
