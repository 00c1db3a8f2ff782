package dev.mooring.lease;

import dev.mooring.auth.Principal;
import dev.mooring.time.Time;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something held for a client for a limited time. Whoever uses it acquires it first and releases it after; while it is
 * acquired it does not expire, and once it has ended it can no longer be acquired. Thread-safe, without locks.
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

    private final Principal owner;
    private final String label;
    private final Time time;
    private final AtomicLong word = new AtomicLong();
    private final AtomicReference<@Nullable EndReason> reason = new AtomicReference<>();
    private volatile long lastActivity;

    public Lease(Principal owner, String label, Time time) {
        this.owner = owner;
        this.label = label;
        this.time = time;
        this.lastActivity = time.nanos();
    }

    public Principal owner() {
        return owner;
    }

    /** The name for logs and reports; never usable on the wire. */
    public String label() {
        return label;
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

    /** Gives a reference back; the idle clock starts anew. Exactly once for each successful acquire. */
    public void release() {
        lastActivity = time.nanos();
        word.addAndGet(-ONE_REFERENCE);
    }

    /** How many references are out. */
    public int references() {
        return (int) ((word.get() & REFERENCES) >>> 32);
    }

    /** Nanoseconds since the last release, or since it was made. */
    public long idleNanos() {
        return time.nanos() - lastActivity;
    }

    /** Ends the lease if nobody holds it and nobody has used it for that long; false if it lives on or has ended. */
    public boolean expire(long idleNanos) {
        long seen = word.get();
        if ((seen & (ENDED | REFERENCES)) != 0 || idleNanos() < idleNanos) {
            return false;
        }
        return end(seen, EndReason.IDLE);
    }

    /** Ends the lease, busy or not. True for the one caller who ended it; the others' reasons are lost. */
    public boolean close(EndReason why) {
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
        reason.set(why);
        return true;
    }

    public boolean ended() {
        return (word.get() & ENDED) != 0;
    }

    /** Why it ended; null while it lives, and for a moment after. */
    public @Nullable EndReason endReason() {
        return reason.get();
    }
}
