package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Exchange;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What takes no time and has no handler, run as a call because interceptors stand around it. For one call. */
final class Immediate implements Invocation {
    private final Supplier<Answer> work;
    private @Nullable Answer done; // the call's thread's own

    /** @param work comes to an answer with one response */
    Immediate(Supplier<Answer> work) {
        this.work = work;
    }

    @Override
    public String label() {
        return "Request";
    }

    @Override
    public Optional<Duration> timeout() {
        return Optional.empty();
    }

    @Override
    public boolean asks() {
        return false;
    }

    @Override
    public Message.Response run(RunningCall call) {
        Answer answer = work.get();
        done = answer;
        return answer.responses().getFirst();
    }

    @Override
    public void conclude(Message.Response response, Exchange exchange) {
        Answer answer = done;
        exchange.answer(answer != null && answer.responses().contains(response) ? answer : Errors.answer(response));
    }
}
