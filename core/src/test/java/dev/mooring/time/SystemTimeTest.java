package dev.mooring.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The time of the machine. */
class SystemTimeTest {

    @Test
    void taskThatFailsHoweverBadly_runsAgain() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        Time.Repeated repeated = Time.system().every(Duration.ofMillis(1), () -> {
            runs.countDown();
            throw new NoClassDefFoundError("for the test");
        });
        try {
            assertTrue(runs.await(20, TimeUnit.SECONDS), "it ran no more");
        } finally {
            repeated.close();
        }
    }
}
