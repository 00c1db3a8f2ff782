package dev.mooring.protocol;

import dev.mooring.rpc.RequestId;

/** A request that is not answered yet, and that its client can take back by its id. */
sealed interface Cancellable permits RunningCall, Subscription {

    RequestId id();

    /** The client takes it back, or is gone. */
    void cancel();
}
