package dev.mooring.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline that is moved often and met rarely. Used on its event loop only.
 *
 * <p>A timer that is due before the deadline stays as it is and looks again when it fires, so moving a deadline later,
 * or clearing it, costs a field write.
 */
final class Deadline {
    private final EventLoop loop;
    private final Runnable met;
    private boolean set;
    private long at;
    private @Nullable ScheduledFuture<?> timer;
    private long timerAt;

    Deadline(EventLoop loop, Runnable met) {
        this.loop = loop;
        this.met = met;
    }

    void in(Duration wait) {
        long nanos = wait.toNanos();
        at = loop.ticker().nanoTime() + nanos;
        set = true;
        if (timer == null || at - timerAt < 0) {
            cancelTimer();
            schedule(nanos);
        }
    }

    void clear() {
        set = false;
    }

    /** Clears the deadline and leaves no timer behind. */
    void cancel() {
        set = false;
        cancelTimer();
    }

    private void schedule(long nanos) {
        timerAt = at;
        timer = loop.schedule(this::fired, nanos, TimeUnit.NANOSECONDS);
    }

    private void fired() {
        timer = null;
        if (!set) {
            return;
        }
        long left = at - loop.ticker().nanoTime();
        if (left > 0) {
            schedule(left);
            return;
        }
        set = false;
        met.run();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
