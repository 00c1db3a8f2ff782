package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;

/** What a request to a feature comes to: an answer at once, or work to be run as a call. */
sealed interface Resolution permits Invocation, Resolution.Answered {

    /** Nothing is left to do. */
    record Answered(Message.Response response) implements Resolution {}

    static Resolution refused(RequestId id, RpcError error) {
        return new Answered(new Message.Failure(id, error));
    }
}
