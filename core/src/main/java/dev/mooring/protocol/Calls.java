package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Interceptor;
import dev.mooring.lease.TimerWheel;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.time.Time;
import dev.mooring.transport.Answer;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.End;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.InFlight;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All calls that run in a server: admitted under the limits, watched over, interrupted at the end. Thread-safe. */
final class Calls {
    private final CallLimits limits;
    private final TimerWheel wheel;
    private final HandleTable handles;
    private final Catalog catalog;
    private final Time time;
    private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();
    private final InFlight admitted = new InFlight();
    private volatile boolean closed;

    Calls(CallLimits limits, TimerWheel wheel, HandleTable handles, Catalog catalog, Time time) {
        this.handles = handles;
        this.time = time;
        this.catalog = catalog;
        this.limits = limits;
        this.wheel = wheel;
    }

    /**
     * Answers a request that takes no time and has no handler: at once on this thread, or as a call where interceptors stand
     * around it.
     *
     * @param work comes to an answer with one response
     * @param hold given back once it was answered
     */
    void answer(Message.Request request, Supplier<Answer> work, Supplier<Caller> caller, Exchange exchange, Hold hold) {
        if (interceptors().isEmpty()) {
            exchange.answer(work.get());
            hold.leave();
        } else {
            start(request, new Immediate(work), caller.get(), exchange, hold);
        }
    }

    /** Begins a request that outlives its call: at once, or when interceptors let it through. */
    void open(Message.Request request, Runnable beginning, Supplier<Caller> caller, Exchange exchange) {
        if (interceptors().isEmpty()) {
            beginning.run();
        } else {
            start(request, new Passage(beginning), caller.get(), exchange, Hold.none());
        }
    }

    /**
     * Starts the work of a request on a thread of its own, or answers why not.
     *
     * @param hold given back once the call has ended or was not started
     */
    void start(Message.Request request, Invocation work, Caller caller, Exchange exchange, Hold hold) {
        RunningCall call = new RunningCall(request, work, caller, exchange, this, hold);
        if (caller.scope() == null) { // the response is the request's only tie to its client: closing it cancels
            exchange.onEnd(end -> {
                if (end != End.DONE) {
                    call.cancel();
                }
            });
        }
        RpcError refusal = admit(call);
        if (refusal != null) {
            exchange.answer(Errors.answer(new Message.Failure(request.id(), refusal)));
            hold.leave();
        }
    }

    private @Nullable RpcError admit(RunningCall call) {
        if (admitted.begin() > limits.total()) {
            admitted.end();
            return Errors.overloaded(limits.total() + " calls in the server");
        }
        RpcError refusal = enter(call);
        if (refusal != null) {
            admitted.end();
            return refusal;
        }
        running.add(call);
        call.start(wheel, call.timeout().orElse(limits.timeout()));
        CallScope scope = call.scope();
        if (closed) {
            call.giveUp();
        } else if (scope != null && scope.closed()) {
            call.cancel();
        }
        if (call.ended()) { // perhaps before it was among those that run
            running.remove(call);
        }
        return null;
    }

    private @Nullable RpcError enter(RunningCall call) {
        CallScope scope = call.scope();
        if (scope == null) {
            return null;
        }
        if (scope.calls() >= limits.perSession()) {
            return Errors.overloaded(limits.perSession() + " calls in one session (MCP_MAX_CALLS_PER_SESSION)");
        }
        return scope.add(call) ? null : Errors.idInUse(call.id());
    }

    /** A call has been answered or given up; called once for each that was started. */
    void left(RunningCall call) {
        running.remove(call);
        admitted.end();
        CallScope scope = call.scope();
        if (scope != null) {
            scope.remove(call);
        }
    }

    HandleTable handles() {
        return handles;
    }

    Catalog catalog() {
        return catalog;
    }

    /** What stands around each call, the outermost first. */
    List<Interceptor> interceptors() {
        return catalog.interceptors();
    }

    /** How fast a call tells its progress; {@code due} runs when a report that was held back is to be told. */
    ProgressPace pace(ProgressReports reports, Runnable due) {
        return new ProgressPace(reports, limits.progressInterval(), time, wheel, due);
    }

    int size() {
        return admitted.count();
    }

    /** Waits until none runs, at most this long. */
    DrainResult drain(Duration grace) throws InterruptedException {
        return admitted.await(grace);
    }

    /** Gives up all calls, and each that is still to come. */
    void close() {
        closed = true;
        running.forEach(RunningCall::giveUp);
    }
}
