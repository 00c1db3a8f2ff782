package dev.mooring.protocol;

import dev.mooring.rpc.RequestId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that run in one session or on one channel, by the ids their client gave them: within a scope an id is unique
 * and a cancellation acts. Thread-safe.
 */
final class CallScope {
    private final ConcurrentHashMap<RequestId, RunningCall> calls = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** False if a call of that id runs already. */
    boolean add(RequestId id, RunningCall call) {
        return calls.putIfAbsent(id, call) == null;
    }

    void remove(RequestId id, RunningCall call) {
        calls.remove(id, call);
    }

    int size() {
        return calls.size();
    }

    /** Cancels the call of that id, if it runs. */
    void cancel(RequestId id) {
        RunningCall call = calls.get(id);
        if (call != null) {
            call.cancel();
        }
    }

    /** Whether its session or channel has ended, so that nobody is left to hear of a call. */
    boolean closed() {
        return closed;
    }

    /** Cancels all calls; one that comes later finds the scope closed. */
    void close() {
        closed = true;
        calls.values().forEach(RunningCall::cancel);
    }
}
