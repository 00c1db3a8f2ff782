package dev.mooring.protocol;

import dev.mooring.feature.Interceptor;
import dev.mooring.feature.Outcome;
import dev.mooring.feature.Request;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interceptors around the work of one call. For the call's thread. */
final class Interception {
    private static final Logger LOG = LoggerFactory.getLogger(Interception.class);

    private final RunningCall call;
    private final Request request;
    private final List<Interceptor> interceptors;
    private final Supplier<Message.Response> work;
    private Message.@Nullable Response response; // of the work, once it was done
    private @Nullable Outcome done; // the same, as interceptors see it

    /** @param interceptors the outermost first */
    Interception(RunningCall call, Request request, List<Interceptor> interceptors, Supplier<Message.Response> work) {
        this.call = call;
        this.request = request;
        this.interceptors = interceptors;
        this.work = work;
    }

    /** Does the work, or what an interceptor wants instead. */
    Message.Response run() {
        Outcome outcome = from(0);
        if (outcome instanceof Outcome.Failed failed && !failed.equals(done)) {
            return new Message.Failure(call.id(), Errors.of(failed));
        }
        return response == null ? refusal("the call is over") : response; // where it is over, nobody waits for this
    }

    private Outcome from(int index) {
        if (index == interceptors.size()) {
            Message.Response worked = work.get();
            Outcome outcome = call.outcome(worked);
            response = worked;
            done = outcome;
            return outcome;
        }
        Inner next = new Inner(index + 1);
        return around(interceptors.get(index), next);
    }

    // What an interceptor throws, even an error, must not leave the caller waiting.
    @SuppressWarnings("CatchThrowable")
    private Outcome around(Interceptor interceptor, Inner next) {
        try {
            Outcome outcome = interceptor.around(request, next);
            if (outcome instanceof Outcome.Failed || (outcome != null && outcome.equals(next.outcome))) {
                return outcome;
            }
            throw new IllegalStateException(
                    "returned " + outcome + " (expected: what next returned, or Outcome.Failed)");
        } catch (Throwable e) {
            if (!call.cancelled()) {
                LOG.error("Interceptor {} failed", interceptor.getClass().getName(), e);
            }
            return call.outcome(refusal("the server's log says why"));
        }
    }

    private Message.Failure refusal(String why) {
        return new Message.Failure(call.id(), RpcError.internalError("Internal error; " + why));
    }

    /** What stands inside of one interceptor. */
    private final class Inner implements Interceptor.Next {
        private final int index;
        private @Nullable Outcome outcome; // set once
        private boolean used;

        private Inner(int index) {
            this.index = index;
        }

        @Override
        public Outcome proceed() {
            if (used) {
                throw new IllegalStateException("proceed was called before (expected: once)");
            }
            used = true;
            Outcome came = from(index);
            outcome = came;
            return came;
        }
    }
}
