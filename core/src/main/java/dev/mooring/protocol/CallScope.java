package dev.mooring.protocol;

import dev.mooring.rpc.RequestId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls and subscriptions that are open in one session or on one channel; within it a cancellation acts, by the ids
 * their client gave them. Thread-safe.
 */
final class CallScope {
    private final boolean shared;
    private final Set<Cancellable> open = ConcurrentHashMap.newKeySet();
    private final Set<RequestId> ids = ConcurrentHashMap.newKeySet(); // in use, on a shared channel
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger subscriptions = new AtomicInteger();
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
    boolean add(Cancellable request) {
        if (shared && !ids.add(request.id())) {
            return false;
        }
        open.add(request);
        countOf(request).incrementAndGet();
        return true;
    }

    /** Takes out a request that was added. */
    void remove(Cancellable request) {
        if (open.remove(request)) {
            countOf(request).decrementAndGet();
            ids.remove(request.id());
        }
    }

    private AtomicInteger countOf(Cancellable request) {
        return switch (request) {
            case RunningCall call -> calls;
            case Subscription subscription -> subscriptions;
        };
    }

    /** How many calls are open. */
    int calls() {
        return calls.get();
    }

    /** How many subscriptions are open. */
    int subscriptions() {
        return subscriptions.get();
    }

    /** Cancels what is open under that id. */
    void cancel(RequestId id) {
        for (Cancellable request : open) {
            if (request.id().equals(id)) {
                request.cancel();
            }
        }
    }

    /** Whether its session or channel has ended, so that nobody is left to hear of anything. */
    boolean closed() {
        return closed;
    }

    /** Cancels all that is open; what comes later finds the scope closed. */
    void close() {
        closed = true;
        open.forEach(Cancellable::cancel);
    }
}
