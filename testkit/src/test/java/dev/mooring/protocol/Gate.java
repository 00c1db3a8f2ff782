package dev.mooring.protocol;

import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolBuilder;
import dev.mooring.testkit.Await;
import java.util.concurrent.Semaphore;

/** Work that waits until it is let go, and says when it was entered and when it was interrupted. Thread-safe. */
final class Gate {
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore interrupted = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);

    Tool tool(ToolBuilder told) {
        return told.noArguments().text((in, call) -> pass());
    }

    /** Waits until it is let go. */
    String pass() throws InterruptedException {
        entered.release();
        try {
            released.acquire();
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        }
        return "released";
    }

    Tool tool() {
        return tool(Tool.named("wait"));
    }

    void awaitEntered(int calls) throws InterruptedException {
        Await.permits(entered, calls, "handlers to begin");
    }

    void awaitInterrupted() throws InterruptedException {
        Await.permits(interrupted, 1, "a handler to be interrupted");
    }

    boolean anyInterrupted() {
        return interrupted.availablePermits() > 0;
    }

    /** Lets that many calls go. */
    void release(int calls) {
        released.release(calls);
    }
}
