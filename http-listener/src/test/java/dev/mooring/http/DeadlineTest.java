package dev.mooring.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger met = new AtomicInteger();
    private final Deadline deadline = new Deadline(channel.eventLoop(), met::incrementAndGet);

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void finish() {
        channel.finishAndReleaseAll();
    }

    private int metAfter(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        return met.get();
    }

    @Test
    void deadline_isMetOnce() {
        deadline.in(Duration.ofSeconds(10));
        assertEquals(0, metAfter(9));
        assertEquals(1, metAfter(1));
        assertEquals(1, metAfter(100));
    }

    @Test
    void deadlineMovedLater_isMetLater() {
        deadline.in(Duration.ofSeconds(10));
        assertEquals(0, metAfter(5));
        deadline.in(Duration.ofSeconds(10));
        assertEquals(0, metAfter(5));
        assertEquals(0, metAfter(4));
        assertEquals(1, metAfter(1));
    }

    @Test
    void deadlineMovedEarlier_isMetEarlier() {
        deadline.in(Duration.ofSeconds(75));
        deadline.in(Duration.ofSeconds(10));
        assertEquals(1, metAfter(10));
        assertEquals(1, metAfter(65));
    }

    @Test
    void clearedDeadline_isNotMetUntilItIsSetAgain() {
        deadline.in(Duration.ofSeconds(10));
        deadline.clear();
        assertEquals(0, metAfter(10));
        deadline.in(Duration.ofSeconds(10));
        assertEquals(1, metAfter(10));
    }

    @Test
    void cancelledDeadline_leavesNoTimer() {
        deadline.in(Duration.ofSeconds(10));
        deadline.cancel();
        assertEquals(-1, channel.runScheduledPendingTasks());
    }
}
