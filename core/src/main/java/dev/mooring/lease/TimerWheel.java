package dev.mooring.lease;

import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms by the million, at about half a second's precision: setting and cancelling cost the same however many there are,
 * and passing time costs what is due, never a scan. An alarm never rings early and at most a second late. Thread-safe.
 */
public final class TimerWheel implements AutoCloseable {
    /*
     * A hierarchical wheel (Varghese and Lauck, 1987): four levels of 64 slots. A slot of the first level spans one tick of
     * 2^29 ns, a slot of each further level spans a whole turn of the level below it, the last reaches 104 days. When a
     * level's turn begins, the slot above that spans it is spread over it. What lies further ahead waits in the furthest
     * slot and is spread again and again. Ticks count from the wheel's own start, so a clock near overflow does no harm.
     */
    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
    private static final int TICK_BITS = 29;
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 4;
    private static final long REACH = 1L << (SLOT_BITS * LEVELS);
    private static final int BATCH = 10_000;
    private static final Duration PERIOD = Duration.ofMillis(400);
    private static final Duration STALL = Duration.ofSeconds(5);

    private final Time time;
    private final long origin;
    private final List<Runnable> onStall = new CopyOnWriteArrayList<>();
    private Time.@Nullable Repeated turning; // set by start
    private long lastTurn; // the turning thread's own
    private final ReentrantLock lock = new ReentrantLock();
    private final Alarm[][] slots = new Alarm[LEVELS][SLOTS]; // under lock
    private long now; // the last tick that was begun; under lock

    public TimerWheel(Time time) {
        this.time = time;
        this.origin = time.nanos();
        for (Alarm[] level : slots) {
            for (int i = 0; i < SLOTS; i++) {
                level[i] = emptySlot();
            }
        }
    }

    /** Begins to turn. */
    public void start() {
        lastTurn = time.nanos();
        turning = time.every(PERIOD, this::turn);
    }

    /** Hears, on the wheel's thread, that the clock stood still for more than five seconds: nothing rang meanwhile. */
    void onStall(Runnable listener) {
        onStall.add(listener);
    }

    private static Alarm emptySlot() {
        Alarm head = new Alarm(() -> {});
        head.previous = head;
        head.next = head;
        return head;
    }

    /** Sets an alarm that many nanoseconds ahead; one that was set already is moved. */
    public void set(Alarm alarm, long aheadNanos) {
        long elapsed = time.nanos() - origin + Math.max(0, aheadNanos);
        long tick = (elapsed >>> TICK_BITS) + 1;
        lock.lock();
        try {
            alarm.unlink();
            alarm.tick = Math.max(tick, now + 1);
            place(alarm);
        } finally {
            lock.unlock();
        }
    }

    /** Takes an alarm off, if it is set. It may be ringing at this very moment. */
    public void cancel(Alarm alarm) {
        lock.lock();
        try {
            alarm.unlink();
        } finally {
            lock.unlock();
        }
    }

    private void place(Alarm alarm) {
        long ahead = Math.min(alarm.tick - now, REACH - 1);
        long at = now + ahead;
        int level = 0;
        while (ahead >= SLOTS) {
            ahead >>>= SLOT_BITS;
            level++;
        }
        alarm.linkBefore(slots[level][slot(at, level)]);
    }

    private static int slot(long tick, int level) {
        return (int) (tick >>> (SLOT_BITS * level)) & (SLOTS - 1);
    }

    /** Rings what is due, a bounded number at a time; the rest follows in the next turn. */
    private void turn() {
        long nanos = time.nanos();
        if (nanos - lastTurn > STALL.toNanos()) {
            onStall.forEach(Runnable::run);
        }
        lastTurn = nanos;
        due().forEach(TimerWheel::ring);
    }

    @SuppressWarnings("CatchThrowable") // even an Error must not stop the wheel, or nothing would ever end in time again
    private static void ring(Alarm alarm) {
        try {
            alarm.action.run();
        } catch (Throwable e) {
            LOG.error("An alarm failed", e);
        }
    }

    private List<Alarm> due() {
        List<Alarm> due = new ArrayList<>();
        long target = (time.nanos() - origin) >>> TICK_BITS;
        lock.lock();
        try {
            collect(due); // what the turn before left
            while (due.size() < BATCH && now < target) {
                now++;
                for (int level = LEVELS - 1; level > 0; level--) {
                    spreadIfTurnBegins(level);
                }
                collect(due);
            }
        } finally {
            lock.unlock();
        }
        return due;
    }

    private void spreadIfTurnBegins(int level) {
        if ((now & ((1L << (SLOT_BITS * level)) - 1)) != 0) {
            return;
        }
        Alarm head = slots[level][slot(now, level)];
        List<Alarm> moving = new ArrayList<>();
        for (Alarm alarm = head.next; alarm != null && alarm != head; alarm = alarm.next) {
            moving.add(alarm);
        }
        for (Alarm alarm : moving) {
            alarm.unlink();
            place(alarm);
        }
    }

    private void collect(List<Alarm> due) {
        Alarm head = slots[0][slot(now, 0)];
        Alarm alarm = head.next;
        while (alarm != null && alarm != head && due.size() < BATCH) {
            Alarm following = alarm.next;
            alarm.unlink();
            due.add(alarm);
            alarm = following;
        }
    }

    @Override
    public void close() {
        if (turning != null) {
            turning.close();
        }
    }
}
