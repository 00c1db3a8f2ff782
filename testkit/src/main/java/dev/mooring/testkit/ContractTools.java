package dev.mooring.testkit;

import dev.mooring.feature.Call;
import dev.mooring.feature.Catalog;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Tool;
import dev.mooring.feature.ToolException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The tools a transport is tried with. Those that wait do so until the test opens the gate. Thread-safe. */
final class ContractTools implements Plugin {
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore interrupted = new Semaphore(0);
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Some text. */
    record Say(String text) {}

    /** How many of something. */
    record Count(int count) {}

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools().add(Tool.named("echo").arguments(Say.class).text((in, call) -> in.text()));
        catalog.tools().add(Tool.named("wait").arguments(Say.class).text((in, call) -> await(in.text())));
        catalog.tools().add(Tool.named("steps").arguments(Count.class).text(ContractTools::steps));
        catalog.tools().add(Tool.named("big").arguments(Count.class).text((in, call) -> "x".repeat(in.count())));
        catalog.tools().add(Tool.named("fail").noArguments().text((in, call) -> {
            throw new ToolException("failed as asked");
        }));
    }

    private String await(String text) throws InterruptedException {
        entered.release();
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new ToolException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        }
        return text;
    }

    private static String steps(Count in, Call call) throws InterruptedException {
        for (int step = 1; step <= in.count(); step++) {
            call.progress(step, in.count(), "step " + step);
        }
        return "done";
    }

    /** Waits until that many more calls of {@code wait} have begun. */
    void awaitEntered(int calls) throws InterruptedException {
        Await.permits(entered, calls, calls + " handlers to begin");
    }

    /** Waits until that many more handlers were interrupted. */
    void awaitInterrupted(int calls) throws InterruptedException {
        Await.permits(interrupted, calls, calls + " handlers to be interrupted");
    }

    /** Whether a handler was interrupted that nobody awaited. */
    boolean anyInterrupted() {
        return interrupted.availablePermits() > 0;
    }

    /** Lets every call of {@code wait} finish, now and later. */
    void openGate() {
        gate.countDown();
    }
}
