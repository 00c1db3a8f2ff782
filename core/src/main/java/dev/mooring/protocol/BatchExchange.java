package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The way back of one batch (2025-03-26): each member answers its own share, and the last one to do so answers the batch as
 * a whole, with one array. Thread-safe.
 */
final class BatchExchange {
    private final Exchange whole;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Message.Response> responses = new ArrayList<>(); // under lock
    private int open; // under lock

    BatchExchange(Exchange whole, int members) {
        this.whole = whole;
        this.open = members;
    }

    /** The way back of one member. */
    Exchange member() {
        return new Member();
    }

    private void take(List<Message.Response> answers) {
        boolean last;
        lock.lock();
        try {
            responses.addAll(answers);
            last = --open == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            whole.answer(responses.isEmpty() ? Answer.accepted() : Answer.batch(responses));
        }
    }

    private final class Member implements Exchange {
        @Override
        public void answer(Answer answer) {
            take(answer.responses());
        }

        @Override
        public boolean streams() {
            return whole.streams();
        }

        @Override
        public Delivery send(Message message) {
            return whole.send(message);
        }

        @Override
        public void awaitWritable() throws InterruptedException {
            whole.awaitWritable();
        }

        @Override
        public void probe() {
            whole.probe();
        }

        @Override
        public long lastHeard() {
            return whole.lastHeard();
        }

        @Override
        public void onEnd(Consumer<End> listener) {
            whole.onEnd(listener);
        }

        @Override
        public void close(End reason) {
            whole.close(reason);
        }
    }
}
