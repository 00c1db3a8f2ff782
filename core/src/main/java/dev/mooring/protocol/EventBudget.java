package dev.mooring.protocol;

import dev.mooring.json.JsonLimits;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Codec;
import dev.mooring.time.Time;
import java.util.concurrent.atomic.AtomicLong;

/** What all kept events of a server share: the limits, and how much of the memory is taken. Thread-safe. */
final class EventBudget {
    private final EventLimits limits;
    private final TimerWheel wheel;
    private final Time time;
    private final Codec codec = new Codec(JsonLimits.DEFAULT);
    private final AtomicLong taken = new AtomicLong();

    EventBudget(EventLimits limits, TimerWheel wheel, Time time) {
        this.limits = limits;
        this.wheel = wheel;
        this.time = time;
    }

    EventLimits limits() {
        return limits;
    }

    TimerWheel wheel() {
        return wheel;
    }

    Time time() {
        return time;
    }

    Codec codec() {
        return codec;
    }

    /** False if so many bytes are not left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limits.totalBytes()) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many bytes are taken. */
    long taken() {
        return taken.get();
    }
}
