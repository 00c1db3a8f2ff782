package dev.mooring.protocol;

import dev.mooring.lease.Alarm;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.session.Session;
import dev.mooring.transport.End;
import dev.mooring.transport.Outlet;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks clients whose streams have been silent whether they are still there, by a probe of the stream and a {@code ping}. Any
 * sign of life is an answer. Where none comes twice in a row the stream is closed; the session then has its idle time like
 * any other. Thread-safe.
 */
final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.session");
    private static final int MISSES = 2;
    private static final double JITTER = 0.1;

    private final TimerWheel wheel;
    private final long intervalNanos;
    private final AtomicLong pings = new AtomicLong();

    /**
     * Makes the heartbeat of a server's streams.
     *
     * @param interval the silence after which a client is asked, and what it has to answer; zero: nobody is asked
     */
    Heartbeat(TimerWheel wheel, Duration interval) {
        this.wheel = wheel;
        this.intervalNanos = interval.toNanos();
    }

    /** When the peer last showed a sign of life on a stream; or {@code atLeast}, if there is none later. */
    static long lastSign(Outlet stream, long atLeast) {
        long heard = stream.lastHeard();
        return heard - atLeast > 0 ? heard : atLeast;
    }

    /** Watches over a stream until it ends. */
    void over(Session session, Outlet stream) {
        if (intervalNanos > 0) {
            Watch watch = new Watch(session, stream);
            stream.onEnd(end -> watch.stop());
            watch.askAfter(intervalNanos);
        }
    }

    /** The watch over one stream; what is counted is touched by one beat at a time. */
    private final class Watch {
        private final Session session;
        private final Outlet stream;
        private final Alarm alarm = new Alarm(() -> Thread.ofVirtual().name("mooring-heartbeat").start(this::beat));
        private int misses;
        private long asked; // the age of the session when its client was asked last
        private volatile boolean over;

        private Watch(Session session, Outlet stream) {
            this.session = session;
            this.stream = stream;
        }

        private void askAfter(long nanos) {
            double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
            wheel.set(alarm, (long) (nanos * jitter));
            if (over) { // meanwhile, and the alarm may have been set after it was taken off
                wheel.cancel(alarm);
            }
        }

        private void stop() {
            over = true;
            wheel.cancel(alarm);
        }

        private void beat() {
            long silence = session.inactive().toNanos();
            long age = session.age().toNanos();
            if (over) {
                return;
            }
            if (silence <= age - asked) { // something was heard since
                misses = 0;
            }
            if (silence < intervalNanos) {
                askAfter(Math.max(intervalNanos - silence, intervalNanos / 10));
            } else if (misses == MISSES) {
                LOG.info("The stream of {} is closed: no sign of its client for {} s", session.label(),
                        silence / 1_000_000_000);
                stream.close(End.PEER_GONE);
            } else {
                misses++;
                asked = age;
                askAfter(intervalNanos);
                stream.probe();
                stream.send(new Message.Request(RequestId.of("mooring-ping-" + pings.incrementAndGet()), "ping", null));
            }
        }
    }
}
