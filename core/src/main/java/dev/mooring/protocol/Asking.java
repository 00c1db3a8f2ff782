package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcException;

/** How the calls of a client ask it. Thread-safe. */
sealed interface Asking permits LegacyAsking, ModernAsking {

    /**
     * What a call that begins can ask, and has asked before.
     *
     * @throws RpcException if the request says that it goes on, and cannot
     */
    Questions of(RunningCall call, Message.Request request);
}
