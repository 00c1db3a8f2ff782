package dev.mooring.protocol;

import dev.mooring.json.JsonLimits;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Codec;
import dev.mooring.time.Time;
import dev.mooring.transport.InFlight;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all kept events of a server share: the limits, and the memory. When it is nearly full, sessions that keep more than
 * their share of it give way, so that there is room for those that keep little. Thread-safe.
 */
final class EventBudget {
    private final EventLimits limits;
    private final TimerWheel wheel;
    private final Time time;
    private final Codec codec = new Codec(JsonLimits.DEFAULT);
    private final InFlight away = new InFlight();
    private final AtomicLong taken = new AtomicLong();
    private final Set<KeptEvents> holders = ConcurrentHashMap.newKeySet(); // those that keep anything
    private final AtomicBoolean sharing = new AtomicBoolean();

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

    /** The streams whose clients were asked to come back, and have not. */
    InFlight away() {
        return away;
    }

    /** False if so many bytes are not left. */
    boolean take(long bytes) {
        long now = taken.addAndGet(bytes);
        boolean fits = now <= limits.totalBytes();
        if (!fits) {
            taken.addAndGet(-bytes);
        }
        if (now > limits.totalBytes() - limits.totalBytes() / 8 && sharing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mooring-event-shares").start(this::share);
        }
        return fits;
    }

    /** Makes room to three quarters; nobody who keeps no more than an equal share of these loses anything. */
    private void share() {
        long enough = limits.totalBytes() - limits.totalBytes() / 4;
        long each = enough / Math.max(1, holders.size());
        for (Iterator<KeptEvents> all = holders.iterator(); all.hasNext() && taken.get() > enough;) {
            all.next().giveWay(each);
        }
        sharing.set(false);
    }

    void holds(KeptEvents holder) {
        holders.add(holder);
    }

    void holdsNothing(KeptEvents holder) {
        holders.remove(holder);
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many bytes are taken. */
    long taken() {
        return taken.get();
    }
}
