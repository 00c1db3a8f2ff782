package dev.mooring.protocol;

import dev.mooring.feature.Call;
import dev.mooring.feature.Tool;
import dev.mooring.model.LogLevel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A tool that does what a test tells it while it runs. Thread-safe. */
final class Told {
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();

    private interface Step {
        /** The last words; empty to go on. */
        String take(Call call) throws InterruptedException;
    }

    Tool tool() {
        return Tool.named("told").noArguments().text((in, call) -> {
            try {
                while (true) {
                    String words = steps.take().take(call);
                    done.incrementAndGet();
                    if (!words.isEmpty()) {
                        return words;
                    }
                }
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
        });
    }

    /** Lets it log these words. */
    Told log(String... words) {
        for (String word : words) {
            steps.add(call -> {
                call.log(LogLevel.INFO, "", word);
                return "";
            });
        }
        return this;
    }

    Told pause(Duration retry) {
        steps.add(call -> {
            call.pause(retry);
            return "";
        });
        return this;
    }

    Told answer(String words) {
        steps.add(call -> words);
        return this;
    }

    /** How many steps it has taken. */
    int done() {
        return done.get();
    }

    int interrupted() {
        return interrupted.get();
    }
}
