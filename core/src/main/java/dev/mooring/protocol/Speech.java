package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.LogLevel;
import dev.mooring.rpc.Message;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.Exchange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What a call says to its client before its answer: in the order it is made, and nothing after the last word. Thread-safe. */
final class Speech {
    private final Exchange exchange;
    private final BooleanSupplier over;
    private final ReentrantLock speaking = new ReentrantLock();
    private final ProgressPace progress; // under speaking

    /**
     * Begins.
     *
     * @param over whether the last word is said
     * @param pace makes the pace of progress, from what it does when a report is due
     */
    Speech(Exchange exchange, BooleanSupplier over, Function<Runnable, ProgressPace> pace) {
        this.exchange = exchange;
        this.over = over;
        this.progress = pace.apply(() -> Thread.startVirtualThread(this::sayWhatIsDue));
    }

    /** Sends a message; blocks while the client does not read. */
    Delivery say(Message message) throws InterruptedException {
        return say(() -> Optional.of(message));
    }

    private Delivery say(Supplier<Optional<Message>> words) throws InterruptedException {
        Delivery delivery = inSilence(() -> over.getAsBoolean() || !exchange.streams() ? Delivery.GONE
                : words.get().map(exchange::send).orElse(Delivery.GONE));
        if (delivery == Delivery.FULL) {
            exchange.awaitWritable();
        }
        return delivery;
    }

    /** Tells progress, or keeps it for later; blocks while the client does not read. */
    void progress(double done, double total, String message) throws InterruptedException {
        say(() -> progress.report(done, total, message).map(Speech::notification));
    }

    private static Message notification(ObjectNode progress) {
        return new Message.Notification("notifications/progress", progress);
    }

    private void sayWhatIsDue() {
        inSilence(() -> {
            if (!over.getAsBoolean()) {
                progress.rest().map(Speech::notification).ifPresent(exchange::send);
            }
        });
    }

    /** Sends a log message; blocks while the client does not read. */
    void log(LogLevel level, String logger, Object data) throws InterruptedException {
        ObjectNode params = Json.object().put("level", level.wire());
        if (!logger.isEmpty()) {
            params.put("logger", logger);
        }
        params.set("data", Json.mapper().valueToTree(data));
        say(new Message.Notification("notifications/message", params));
    }

    /** Asks the client to come back after that time, where it can, and closes the connection. */
    void pause(Duration retry) {
        inSilence(() -> {
            if (!over.getAsBoolean() && exchange.resumable()) {
                exchange.suspend(retry);
            }
        });
    }

    /**
     * Ends it, after the last word was said.
     *
     * @param answered whether the client hears an answer, and before it the progress that was held back
     */
    void end(boolean answered) {
        inSilence(() -> {
            Optional<ObjectNode> rest = progress.rest();
            if (answered) {
                rest.map(Speech::notification).ifPresent(exchange::send);
            }
        });
    }

    /** Does something while nobody speaks: whoever is speaking is heard out first. */
    void inSilence(Runnable work) {
        speaking.lock();
        try {
            work.run();
        } finally {
            speaking.unlock();
        }
    }

    /** The same, with a result. */
    <T> T inSilence(Supplier<T> work) {
        speaking.lock();
        try {
            return work.get();
        } finally {
            speaking.unlock();
        }
    }
}
