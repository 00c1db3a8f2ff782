package dev.mooring.protocol;

import dev.mooring.lease.Alarm;
import dev.mooring.lease.TimerWheel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Waiting for what nobody announces. On virtual threads only. */
final class Patience {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private Patience() {}

    /** Looks now and about every second, until it holds or the time is over; whether it holds. */
    static boolean until(BooleanSupplier holds, Duration most, TimerWheel wheel) throws InterruptedException {
        for (long looks = most.dividedBy(INTERVAL); !holds.getAsBoolean(); looks--) {
            if (looks <= 0) {
                return false;
            }
            CountDownLatch over = new CountDownLatch(1);
            Alarm alarm = new Alarm(over::countDown);
            wheel.set(alarm, INTERVAL.toNanos());
            try {
                over.await();
            } finally {
                wheel.cancel(alarm);
            }
        }
        return true;
    }
}
