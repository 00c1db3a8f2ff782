package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.rpc.Message;
import dev.mooring.transport.Exchange;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that outlives its call: interceptors decide whether it begins, and see an empty result if it does.
 *
 * @param beginning takes over the way back and answers it
 */
record Passage(Runnable beginning) implements Invocation {

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
        return new Message.Result(call.id(), Json.object());
    }

    @Override
    public void conclude(Message.Response response, Exchange exchange) {
        switch (response) {
            case Message.Result result -> beginning.run();
            case Message.Failure failure -> exchange.answer(Errors.answer(failure));
        }
    }
}
