package dev.mooring.lease;

import dev.mooring.auth.Principal;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Something held for a client for a limited time; given out by {@link Leases}. Whoever uses it acquires it first and releases
 * it after; while it is acquired it does not expire idle, and once it has ended it can no longer be acquired. Thread-safe,
 * without locks.
 */
public final class Lease {
    /*
     * One word holds the state (bit 62: ended), the references (bits 32-61) and a count of uses (bits 0-31). An acquire
     * changes both counts, so an expiry that read the word before a use cannot succeed after it: the swap fails on the use
     * count even if the references are back at zero. A release writes the time of last activity first and lowers the
     * references second, so whoever sees zero references sees the time of the last release too.
     */
    private static final long ENDED = 1L << 62;
    private static final long ONE_REFERENCE = 1L << 32;
    private static final long REFERENCES = ENDED - ONE_REFERENCE;
    private static final long USES = ONE_REFERENCE - 1;

    private final Terms terms;
    private final Holding holding;
    private final Time time;
    private final long born;
    final Alarm alarm;
    private final AtomicLong word = new AtomicLong();
    private volatile long lastActivity;
    private volatile long idleNanos;
    private long died; // written once, by whoever ended it, before the reason; read after that
    private volatile @Nullable EndReason reason; // written once, by whoever ended it

    Lease(Terms terms, Holding holding, Time time, Leases engine) {
        this.terms = terms;
        this.holding = holding;
        this.time = time;
        this.born = time.nanos();
        this.lastActivity = born;
        this.idleNanos = terms.idle().toNanos();
        this.alarm = new Alarm(() -> engine.ring(this));
    }

    public LeaseKind kind() {
        return terms.kind();
    }

    public Principal owner() {
        return terms.owner();
    }

    /** The name for logs and reports; never usable on the wire. */
    public String label() {
        return terms.label();
    }

    /** Takes a reference, unless the lease has ended. */
    public boolean acquire() {
        while (true) {
            long seen = word.get();
            if ((seen & ENDED) != 0) {
                return false;
            }
            long uses = (seen + 1) & USES;
            if (word.compareAndSet(seen, (seen & ~USES) + ONE_REFERENCE | uses)) {
                return true;
            }
        }
    }

    /** Gives a reference back; the idle clock starts anew. Once for each successful acquire; more often does nothing. */
    public void release() {
        for (long seen = word.get(); (seen & REFERENCES) != 0; seen = word.get()) {
            lastActivity = time.nanos();
            if (word.compareAndSet(seen, seen - ONE_REFERENCE)) {
                return;
            }
        }
    }

    /** How many references are out. */
    public int references() {
        return (int) ((word.get() & REFERENCES) >>> 32);
    }

    /** How often it was acquired, modulo 2^32. */
    public long uses() {
        return word.get() & USES;
    }

    /**
     * How long ago it was last used, or its client last proved to be there; of one that has ended, as it was then. Zero
     * while it is in use.
     */
    public Duration inactive() {
        return references() > 0 ? Duration.ZERO : Duration.ofNanos(inactiveNanos());
    }

    private long inactiveNanos() {
        long last = lastActivity;
        return Math.max(0, until() - holding.lastProof(last));
    }

    /** How long it has lived, or did when it ended. */
    public Duration age() {
        return Duration.ofNanos(until() - born);
    }

    /** Now, or when it ended. */
    private long until() {
        return reason == null ? time.nanos() : died;
    }

    /** How long it may be idle; zero: for ever. */
    public Duration idle() {
        return Duration.ofNanos(idleNanos);
    }

    void idle(Duration idle) {
        idleNanos = idle.toNanos();
    }

    /** Nanoseconds until it may have been idle for too long; not positive if that is now; the largest long if never. */
    long untilIdle() {
        long idle = idleNanos;
        if (idle == 0) {
            return Long.MAX_VALUE;
        }
        return references() > 0 ? idle : idle - inactiveNanos();
    }

    /** Nanoseconds until its lifetime is over; not positive if it is; the largest long if it has no such limit. */
    long untilOutlived() {
        long lifetime = terms.lifetime().toNanos();
        return lifetime == 0 ? Long.MAX_VALUE : lifetime - (time.nanos() - born);
    }

    /** Ends the lease if nobody holds it and nobody has used it for its idle time; false if it lives on or has ended. */
    boolean expire() {
        long seen = word.get();
        long idle = idleNanos;
        if ((seen & (ENDED | REFERENCES)) != 0 || idle == 0 || inactiveNanos() < idle) {
            return false;
        }
        return end(seen, EndReason.IDLE);
    }

    /** Ends the lease if nobody holds it. */
    boolean closeUnused(EndReason why) {
        long seen = word.get();
        return (seen & (ENDED | REFERENCES)) == 0 && end(seen, why);
    }

    /** Ends the lease, busy or not. True for the one caller who ended it; the others' reasons are lost. */
    boolean close(EndReason why) {
        while (true) {
            long seen = word.get();
            if ((seen & ENDED) != 0) {
                return false;
            }
            if (end(seen, why)) {
                return true;
            }
        }
    }

    private boolean end(long seen, EndReason why) {
        if (!word.compareAndSet(seen, seen | ENDED)) {
            return false;
        }
        died = time.nanos();
        reason = why;
        return true;
    }

    public boolean ended() {
        return (word.get() & ENDED) != 0;
    }

    /** Why it ended; null while it lives, and for a moment after. */
    public @Nullable EndReason endReason() {
        return reason;
    }

    Holding holding() {
        return holding;
    }

    @Override
    public String toString() {
        return label();
    }
}
