package dev.mooring.protocol;

import dev.mooring.feature.InvalidArgumentsException;
import dev.mooring.feature.MissingCapabilityException;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.Exchange;
import java.time.Duration;
import java.util.Optional;

/** What a {@link RunningCall} runs: the work of one feature for one request, and how it is answered. */
non-sealed interface Invocation extends Resolution {

    /** The feature's kind and name, for logs and for what clients read: {@code Tool add}. */
    String label();

    /** The key of the feature; empty if it is not the work of one alone. */
    default Optional<String> featureKey() {
        return Optional.empty();
    }

    /** Whether its handler can ask the client. */
    default boolean asks() {
        return true;
    }

    /** How long it may take; empty if the server's limit holds. */
    Optional<Duration> timeout();

    /**
     * Does the work on this thread and puts what it comes to in the caller's dialect.
     *
     * @throws InvalidArgumentsException if what it was given does not fit
     * @throws RpcException to be answered with that error
     */
    Message.Response run(RunningCall call) throws Exception;

    /** Answers the request, once it is known what it comes to. */
    default void conclude(Message.Response response, Exchange exchange) {
        exchange.answer(Errors.answer(response));
    }

    /** The answer to arguments that do not fit. */
    default Message.Response misfit(RunningCall call, String message) {
        return new Message.Failure(call.id(), RpcError.invalidParams(message));
    }

    /** The answer where the client would have to be asked what it cannot be. */
    default Message.Response incapable(RunningCall call, MissingCapabilityException missing) {
        return new Message.Failure(call.id(), call.dialect().revision().modern() ? Errors.missingCapability(missing)
                : RpcError.invalidParams(String.valueOf(missing.getMessage())));
    }

    /** The answer where the work failed, in words that are safe to show. */
    default Message.Response failure(RunningCall call, String message) {
        return new Message.Failure(call.id(), RpcError.internalError(message));
    }
}
