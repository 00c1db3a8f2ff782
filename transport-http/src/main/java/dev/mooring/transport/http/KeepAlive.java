package dev.mooring.transport.http;

import dev.mooring.lease.Alarm;
import dev.mooring.lease.TimerWheel;
import dev.mooring.time.Time;
import java.time.Duration;

/** Probes streams that have been silent for a while, so that proxies do not take them for dead. Thread-safe. */
final class KeepAlive {
    private final TimerWheel wheel;
    private final Time time;
    private final long afterNanos;

    KeepAlive(TimerWheel wheel, Time time, Duration after) {
        this.wheel = wheel;
        this.time = time;
        this.afterNanos = after.toNanos();
    }

    /** Watches over a stream until the watch is closed. */
    Watch over(Runnable probe) {
        return new Watch(probe);
    }

    /** The watch over one stream. */
    final class Watch {
        private final Runnable probe;
        private final Alarm alarm = new Alarm(this::ring);
        private volatile long lastWrite = time.nanos();
        private volatile boolean over;

        private Watch(Runnable probe) {
            this.probe = probe;
            wheel.set(alarm, afterNanos);
        }

        void wrote() {
            lastWrite = time.nanos();
        }

        private void ring() {
            if (over) {
                return;
            }
            long silent = time.nanos() - lastWrite;
            if (silent >= afterNanos) {
                probe.run();
                silent = 0;
            }
            wheel.set(alarm, afterNanos - silent);
            if (over) {
                wheel.cancel(alarm);
            }
        }

        void close() {
            over = true;
            wheel.cancel(alarm);
        }
    }
}
