package dev.mooring.http;

import io.netty.channel.EventLoop;
import java.time.Duration;

/** How long one connection is waited for: its requests, and its taking of what was written. Event loop only. */
final class Patience {
    private static final Duration FAREWELL = Duration.ofSeconds(Linger.SECONDS);

    private final Connection connection;
    private final Outbound outbound;
    private final HttpLimits.Timeouts timeouts;
    private final int leastProgress;
    private final Deadline request;
    private final Deadline reader;
    private boolean idle;
    private long takenWhenIdle;
    private long takenWhenFull;

    Patience(Connection connection, EventLoop loop, Outbound outbound, HttpLimits limits) {
        this.connection = connection;
        this.outbound = outbound;
        this.timeouts = limits.timeouts();
        this.leastProgress = limits.writes().low();
        this.request = new Deadline(loop, this::requestLate);
        this.reader = new Deadline(loop, this::readerLate);
    }

    /** Nothing is asked and nothing is owed but what is queued. */
    void idle() {
        idle = true;
        takenWhenIdle = outbound.taken();
        request.in(timeouts.idle());
    }

    void header() {
        time(timeouts.header());
    }

    void body() {
        time(timeouts.body());
    }

    /** For the last words to a peer. */
    void farewell() {
        time(FAREWELL);
    }

    /** A route has the call and may take its time. */
    void forget() {
        request.clear();
    }

    void end() {
        request.cancel();
        reader.cancel();
    }

    private void time(Duration wait) {
        idle = false;
        request.in(wait);
    }

    /** An idle peer that is still taking a long answer is not idle. */
    private void requestLate() {
        if (idle && outbound.queued() > 0 && outbound.taken() != takenWhenIdle) {
            idle();
        } else {
            connection.late();
        }
    }

    void writability(boolean writable) {
        if (writable) {
            reader.clear();
        } else {
            takenWhenFull = outbound.taken();
            reader.in(timeouts.slowReader());
        }
    }

    private void readerLate() {
        if (outbound.taken() - takenWhenFull >= leastProgress) {
            writability(false);
        } else {
            connection.cutSlowReader();
        }
    }
}
