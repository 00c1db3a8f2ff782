package dev.mooring.protocol;

import dev.mooring.lease.Alarm;
import dev.mooring.lease.TimerWheel;
import java.time.Duration;

/** The time a call has: from its start, and anew each time it waited for its client. Thread-safe. */
final class CallClock {
    private final TimerWheel wheel;
    private final Duration time;
    private final Alarm alarm;

    /**
     * Makes a clock that does not run.
     *
     * @param time how long a call may take; zero: for ever
     * @param over runs on the wheel's thread when the time is over
     */
    CallClock(TimerWheel wheel, Duration time, Runnable over) {
        this.wheel = wheel;
        this.time = time;
        this.alarm = new Alarm(over);
    }

    void start() {
        if (time.isPositive()) {
            wheel.set(alarm, time.toNanos());
        }
    }

    void stop() {
        wheel.cancel(alarm);
    }
}
