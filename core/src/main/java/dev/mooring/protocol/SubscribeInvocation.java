package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.time.Duration;
import java.util.Optional;

/**
 * One {@code resources/subscribe} of a legacy client.
 *
 * @param onChange runs when it is subscribed
 */
record SubscribeInvocation(
        String uri,
        FeatureMethods features,
        LegacyNotices notices,
        SubscriptionLimits limits,
        Runnable onChange) implements Invocation {

    @Override
    public String label() {
        return "Subscription to " + uri;
    }

    @Override
    public Optional<Duration> timeout() {
        return Optional.empty();
    }

    @Override
    public Message.Response run(RunningCall call) {
        if (!features.shows(new Change.Resource(uri), call)) {
            throw new RpcException(Errors.resourceNotFound(call.dialect().revision(), uri));
        }
        if (!notices.subscribe(uri, limits)) {
            throw new RpcException(RpcError.invalidParams("Invalid params: one resource too many (expected: at most "
                    + limits.words() + " in one session); unsubscribe from some first"));
        }
        onChange.run();
        return call.dialect().result(call.id(), Json.object());
    }
}
