package dev.mooring.lease;

import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out leases and ends them: when they were idle too long, when their lifetime is over, or when somebody says so. Each
 * ends once, and what the end asks for is done on virtual threads, a bounded number at a time. Thread-safe.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** What idle leases are given after the clock stood still, before they expire all together. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Time time;
    private final TimerWheel wheel;
    private final Tally<LeaseKind> counts = new Tally<>(LeaseKind.class);
    private final Endings endings;
    private volatile long stalled; // when the clock was last found to have stood still; written by the wheel's thread
    private volatile boolean everStalled;

    public Leases(Time time, TimerWheel wheel) {
        this.time = time;
        this.wheel = wheel;
        this.endings = new Endings(wheel);
        wheel.onStall(this::stalled);
    }

    /** Gives out a lease; from now on its deadlines are watched. */
    public Lease open(Terms terms, Holding holding) {
        Lease lease = prepare(terms, holding);
        watch(lease);
        return lease;
    }

    /** Gives out a lease that outlives its deadlines until it is {@linkplain #watch watched}: its holding is not ready yet. */
    public Lease prepare(Terms terms, Holding holding) {
        counts.add(terms.kind(), 1);
        return new Lease(terms, holding, time, this);
    }

    /** How many of a kind live. */
    public long count(LeaseKind kind) {
        return counts.get(kind);
    }

    /** How many of each kind live, where there are any. */
    public Map<LeaseKind, Long> counts() {
        return counts.nonZero();
    }

    /** Ends a lease, busy or not; false if it had ended already. */
    public boolean close(Lease lease, EndReason reason) {
        return lease.close(reason) && leave(lease, reason);
    }

    /** Ends a lease that is not in use; false if it is, or had ended already. */
    public boolean closeUnused(Lease lease, EndReason reason) {
        return lease.closeUnused(reason) && leave(lease, reason);
    }

    /** Changes how long a lease may be idle; it counts from its last use, as ever. */
    public void idle(Lease lease, Duration idle) {
        lease.idle(idle);
        watch(lease);
    }

    /** From now on its deadlines are watched. They count from when it was given out. */
    public void watch(Lease lease) {
        Duration idle;
        do { // again if the idle time was changed meanwhile: its alarm may have been replaced by the old one
            idle = lease.idle();
            long ahead = Math.min(lease.untilOutlived(), Math.max(lease.untilIdle(), graceLeft()));
            if (ahead != Long.MAX_VALUE) {
                wheel.set(lease.alarm, ahead);
            }
        } while (!lease.idle().equals(idle));
        if (lease.ended()) { // meanwhile: its alarm may have been set after it was taken off
            wheel.cancel(lease.alarm);
        }
    }

    /** Looks at a lease's deadlines as if its alarm had rung. */
    public void recheck(Lease lease) {
        ring(lease);
    }

    /** On the wheel's thread, or an audit's. */
    void ring(Lease lease) {
        if (lease.untilOutlived() <= 0) {
            close(lease, EndReason.LIFETIME);
        } else if (graceLeft() == 0 && lease.expire()) {
            leave(lease, EndReason.IDLE);
        } else if (!lease.ended()) {
            watch(lease);
        }
    }

    private void stalled() {
        stalled = time.nanos();
        everStalled = true;
        LOG.warn("The clock stood still (the machine slept?); idle leases get {} s of grace", GRACE.toSeconds());
    }

    /** What is left of the grace after a stall. */
    private long graceLeft() {
        return everStalled ? Math.max(0, GRACE.toNanos() - (time.nanos() - stalled)) : 0;
    }

    private boolean leave(Lease lease, EndReason reason) {
        wheel.cancel(lease.alarm);
        counts.add(lease.kind(), -1);
        try {
            lease.holding().leaving(lease, reason);
        } catch (RuntimeException e) { // the others that end with it, and what else its end asks for, must not suffer
            LOG.error("{} did not leave in order", lease.label(), e);
        }
        endings.begin(lease, reason);
        return true;
    }
}
