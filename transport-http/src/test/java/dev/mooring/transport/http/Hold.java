package dev.mooring.transport.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mooring.feature.Call;
import dev.mooring.feature.Tool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** A tool whose calls begin and then wait until the test lets them go on, or they are interrupted. Thread-safe. */
final class Hold {
    private static final int PATIENCE_SECONDS = 10;

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);
    private final Semaphore interrupted = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();

    Tool tool() {
        return Tool.named("hold").schema("{\"type\":\"object\"}").text(this::work);
    }

    private String work(ObjectNode arguments, Call call) throws InterruptedException {
        running.incrementAndGet();
        try {
            if (arguments.path("progress").asBoolean(false)) {
                call.progress(1, 2);
            }
            begun.release();
            released.acquire();
            return "held";
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        } finally {
            running.decrementAndGet();
        }
    }

    void awaitBegun() throws InterruptedException {
        awaitBegun(1);
    }

    void awaitBegun(int calls) throws InterruptedException {
        assertTrue(begun.tryAcquire(calls, PATIENCE_SECONDS, TimeUnit.SECONDS), "the calls did not begin");
    }

    void awaitInterrupted() throws InterruptedException {
        assertTrue(interrupted.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS), "the call was not interrupted");
    }

    /** How many calls were interrupted, beyond those awaited. */
    int interrupted() {
        return interrupted.availablePermits();
    }

    void release(int calls) {
        released.release(calls);
    }

    int running() {
        return running.get();
    }
}
