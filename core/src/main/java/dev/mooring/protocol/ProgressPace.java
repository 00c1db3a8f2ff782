package dev.mooring.protocol;

import dev.mooring.lease.Alarm;
import dev.mooring.lease.TimerWheel;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The progress of one call, no faster than an interval allows: a report that comes sooner is held back, and of several only
 * the latest. It is due when the interval is over, within the precision of the wheel, unless a newer one is told first. For
 * one thread at a time.
 */
final class ProgressPace {
    private final ProgressReports reports;
    private final long interval;
    private final Time time;
    private final TimerWheel wheel;
    private final Runnable due;
    private @Nullable Alarm alarm; // made once it is needed
    private @Nullable ObjectNode held;
    private boolean told;
    private long lastTold;

    /**
     * Begins.
     *
     * @param interval zero: each report is told at once
     * @param due runs on the wheel's thread when what is held is to be told
     */
    ProgressPace(ProgressReports reports, Duration interval, Time time, TimerWheel wheel, Runnable due) {
        this.reports = reports;
        this.interval = interval.toNanos();
        this.time = time;
        this.wheel = wheel;
        this.due = due;
    }

    /** The parameters of the notification to send now; empty if nobody asked, it is no progress, or it is held back. */
    Optional<ObjectNode> report(double done, double total, String message) {
        Optional<ObjectNode> report = reports.report(done, total, message);
        if (interval == 0 || report.isEmpty()) {
            return report;
        }
        long left = told ? lastTold + interval - time.nanos() : 0;
        if (left <= 0) {
            held = report.get();
            return rest();
        }
        if (held == null) {
            wake(left);
        }
        held = report.get();
        return Optional.empty();
    }

    private void wake(long ahead) {
        if (alarm == null) {
            alarm = new Alarm(due);
        }
        wheel.set(alarm, ahead);
    }

    /** What is held back, to be sent now; empty if nothing is. */
    Optional<ObjectNode> rest() {
        ObjectNode rest = held;
        if (rest != null) {
            held = null;
            told = true;
            lastTold = time.nanos();
        }
        if (rest != null && alarm != null) {
            wheel.cancel(alarm);
        }
        return Optional.ofNullable(rest);
    }
}
