package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import java.util.Map;

/** Asks a legacy client by requests of the server, for which the handler waits. */
record LegacyAsking(QuestionWriter writer, OpenRequests open, ServerRequests server) implements Asking {

    @Override
    public Questions of(RunningCall call, Message.Request request) {
        RequestState fresh = new RequestState(CallKeys.next(), 0, Map.of(), Map.of(), Map.of());
        return new Questions(new LegacyRounds(call, this), call.client(), fresh, Map.of());
    }
}
