package dev.mooring.lease;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells holdings of the ends of their leases, each on a virtual thread, a bounded number at a time. One that takes longer than
 * five seconds is interrupted; two seconds later its place is given to the next one, so that nobody's end waits for another's
 * for ever. Thread-safe.
 */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
    private static final int AT_ONCE = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final TimerWheel wheel;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Endings(TimerWheel wheel) {
        this.wheel = wheel;
    }

    /** Tells of an end as soon as there is a place. */
    void begin(Lease lease, EndReason reason) {
        new Ending(lease, reason).thread.start();
    }

    /** One end on its way. */
    private final class Ending {
        private final Lease lease;
        private final EndReason reason;
        private final Thread thread = Thread.ofVirtual().name("mooring-lease-end").unstarted(this::tell);
        private final Alarm alarm = new Alarm(this::hurry);
        private final AtomicBoolean left = new AtomicBoolean(); // whether its place was given back
        private boolean hurried; // the wheel's thread's own

        private Ending(Lease lease, EndReason reason) {
            this.lease = lease;
            this.reason = reason;
        }

        private void tell() {
            places.acquireUninterruptibly();
            wheel.set(alarm, PATIENCE.toNanos());
            try {
                lease.holding().ended(lease, reason);
            } catch (RuntimeException e) {
                LOG.error("Ending {} left something undone", lease.label(), e);
            } finally {
                leave();
                wheel.cancel(alarm);
            }
        }

        private void hurry() {
            if (left.get()) {
                return;
            }
            if (hurried) {
                LOG.error("The end of {} is stuck; others go on without it", lease.label());
                leave();
            } else {
                hurried = true;
                thread.interrupt();
                wheel.set(alarm, AFTER_INTERRUPT.toNanos());
            }
        }

        private void leave() {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
