package dev.mooring.protocol;

import dev.mooring.feature.Feature;
import dev.mooring.feature.Features;
import dev.mooring.feature.MissingCapabilityException;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The work of a feature that may not exist for everybody.
 *
 * @param otherwise what the request comes to for those for whom it does not
 */
record RestrictedInvocation<F extends Feature>(Features<F> features, F feature, Invocation work, Resolution otherwise)
        implements
            Invocation {

    /** The work, restricted if the feature is. */
    static <F extends Feature> Invocation of(Features<F> features, F feature, Invocation work,
            Supplier<Resolution> otherwise) {
        return features.restricted(feature) ? new RestrictedInvocation<>(features, feature, work, otherwise.get())
                : work;
    }

    @Override
    public String label() {
        return work.label();
    }

    @Override
    public Optional<String> featureKey() {
        return work.featureKey();
    }

    @Override
    public Optional<Duration> timeout() {
        return work.timeout();
    }

    @Override
    public Message.Response run(RunningCall call) throws Exception {
        if (features.visible(feature, call)) {
            return work.run(call);
        }
        return switch (otherwise) {
            case Invocation other -> other.run(call);
            case Resolution.Answered(Message.Response response) -> response;
        };
    }

    @Override
    public Message.Response misfit(RunningCall call, String message) {
        return work.misfit(call, message);
    }

    @Override
    public Message.Response incapable(RunningCall call, MissingCapabilityException missing) {
        return work.incapable(call, missing);
    }

    @Override
    public Message.Response failure(RunningCall call, String message) {
        return work.failure(call, message);
    }
}
