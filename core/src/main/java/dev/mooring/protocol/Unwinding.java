package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import java.io.Serial;

/**
 * Leaves a handler that cannot go on, with what its request is answered with. An error, so that {@code catch (Exception)} in
 * the handler lets it pass.
 */
final class Unwinding extends Error {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Message.Response answer;

    Unwinding(Message.Response answer) {
        super("this run of the handler is over; let this pass", null, false, false);
        this.answer = answer;
    }

    Message.Response answer() {
        return answer;
    }
}
