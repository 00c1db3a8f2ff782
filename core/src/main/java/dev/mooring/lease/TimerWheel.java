package dev.mooring.lease;

import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms by the million, at about half a second's precision: setting and cancelling cost the same however many there are,
 * and passing time costs what is due, never a scan. An alarm never rings early, and at most a second late unless more are due
 * than the clock's thread can ring. Thread-safe.
 */
public final class TimerWheel implements AutoCloseable {
    /*
     * A hierarchical wheel (Varghese and Lauck, 1987): four levels of 64 slots. A slot of the first level spans one tick of
     * 2^29 ns, a slot of each further level spans a whole turn of the level below it, the last reaches 104 days. When a
     * level's turn begins, the slot above that spans it is spread over it. What lies further ahead waits in the furthest
     * slot and is spread again and again. Ticks count from the wheel's own start, so a clock near overflow does no harm.
     *
     * What is to be spread may be all there is, so it is done a piece at a time and the lock is given up in between: who
     * sets or cancels an alarm never waits for more than a piece. Meanwhile the tick does not move on.
     */
    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
    private static final int TICK_BITS = 29;
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 4;
    private static final long REACH = 1L << (SLOT_BITS * LEVELS);
    private static final int BATCH = 10_000;
    private static final int PIECE = 1_000;
    private static final Duration PERIOD = Duration.ofMillis(400);
    private static final Duration STALL = Duration.ofSeconds(5);

    private final Time time;
    private final long origin;
    private final List<Runnable> onStall = new CopyOnWriteArrayList<>();
    private Time.@Nullable Repeated turning; // set by start
    private long lastTurn; // the turning thread's own
    private final ReentrantLock lock = new ReentrantLock();
    private final Alarm[][] slots = new Alarm[LEVELS][SLOTS]; // under lock
    private final Alarm spreading = Alarm.head(); // what is still to be spread for this tick; under lock
    private long now; // the last tick that was begun; under lock

    public TimerWheel(Time time) {
        this.time = time;
        this.origin = time.nanos();
        for (Alarm[] level : slots) {
            for (int i = 0; i < SLOTS; i++) {
                level[i] = Alarm.head();
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
        while (advance(target, due)) {
            if (lock.hasQueuedThreads()) {
                LockSupport.parkNanos(1); // or this thread would have the lock again before they wake
            }
        }
        return due;
    }

    /** Does the next bounded piece of a turn; false if that was the last one. */
    private boolean advance(long target, List<Alarm> due) {
        lock.lock();
        try {
            for (int done = 0; done < PIECE; done++) {
                Alarm spread = spreading.takeFirst();
                if (spread != null) {
                    place(spread);
                } else if (!collect(due) || now >= target) {
                    return false;
                } else {
                    beginTick();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void beginTick() {
        now++;
        for (int level = 1; level < LEVELS && turnBegins(level); level++) {
            spreading.takeOver(slots[level][slot(now, level)]);
        }
    }

    /** Whether this tick is where the hand of a level moves on. */
    private boolean turnBegins(int level) {
        return (now & ((1L << (SLOT_BITS * level)) - 1)) == 0;
    }

    /** Takes what is due in this tick; false if not all of it may be rung in this turn. */
    private boolean collect(List<Alarm> due) {
        while (due.size() < BATCH) {
            Alarm alarm = slots[0][slot(now, 0)].takeFirst();
            if (alarm == null) {
                return true;
            }
            due.add(alarm);
        }
        return false;
    }

    @Override
    public void close() {
        if (turning != null) {
            turning.close();
        }
    }
}
