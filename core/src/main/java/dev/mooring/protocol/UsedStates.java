package dev.mooring.protocol;

import dev.mooring.rpc.RpcException;
import dev.mooring.time.Time;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Which states were used by calls that go on once only, until they expire. Thread-safe. */
final class UsedStates {
    private static final int MOST = 100_000;

    /** A state: its name, and until when it is remembered. */
    private record Used(String name, long expires) {}

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> names = new HashSet<>(); // under lock
    private final ArrayDeque<Used> inOrder = new ArrayDeque<>(); // under lock; all live equally long, about in order of expiry

    UsedStates(Time time) {
        this.time = time;
    }

    /**
     * Notes that a state is used; false if it was.
     *
     * @throws RpcException if too many are remembered
     */
    boolean use(StateSeal.Opened state) {
        lock.lock();
        try {
            forgetExpired(time.now().toEpochMilli());
            if (names.contains(state.name())) {
                return false;
            }
            if (names.size() >= MOST) {
                throw new RpcException(Errors.overloaded(MOST + " states that may be used once"));
            }
            names.add(state.name());
            inOrder.add(new Used(state.name(), state.expires()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forgetExpired(long now) {
        for (Used oldest = inOrder.peek(); oldest != null && oldest.expires() <= now; oldest = inOrder.peek()) {
            inOrder.remove();
            names.remove(oldest.name());
        }
    }
}
