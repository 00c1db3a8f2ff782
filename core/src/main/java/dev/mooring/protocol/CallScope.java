package dev.mooring.protocol;

import dev.mooring.rpc.RequestId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that run in one session or on one channel; within it a cancellation acts, by the ids their client gave them.
 * Thread-safe.
 */
final class CallScope {
    private final boolean shared;
    private final Set<RunningCall> calls = ConcurrentHashMap.newKeySet();
    private final Set<RequestId> ids = ConcurrentHashMap.newKeySet(); // in use, on a shared channel
    private volatile boolean closed;

    private CallScope(boolean shared) {
        this.shared = shared;
    }

    /** Of a channel that all answers share: an id tells them apart, so it cannot be used twice at once. */
    static CallScope ofChannel() {
        return new CallScope(true);
    }

    /** Of a session whose requests have a way back each: clients that number every connection anew are served. */
    static CallScope ofSession() {
        return new CallScope(false);
    }

    /** False if its id is in use. */
    boolean add(RunningCall call) {
        if (shared && !ids.add(call.id())) {
            return false;
        }
        calls.add(call);
        return true;
    }

    /** Takes out a call that was added. */
    void remove(RunningCall call) {
        if (calls.remove(call) && shared) {
            ids.remove(call.id());
        }
    }

    int size() {
        return calls.size();
    }

    /** Cancels what runs under that id. */
    void cancel(RequestId id) {
        for (RunningCall call : calls) {
            if (call.id().equals(id)) {
                call.cancel();
            }
        }
    }

    /** Whether its session or channel has ended, so that nobody is left to hear of a call. */
    boolean closed() {
        return closed;
    }

    /** Cancels all calls; one that comes later finds the scope closed. */
    void close() {
        closed = true;
        calls.forEach(RunningCall::cancel);
    }
}
