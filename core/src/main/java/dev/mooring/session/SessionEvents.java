package dev.mooring.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to listeners, off the way of whoever causes them: for each listener, the events of one session in order on a
 * virtual thread that lives as long as there are any. A listener that does not keep up loses events, and nobody else does.
 * Thread-safe.
 */
final class SessionEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.session");
    private static final int WAITING = 10_000;

    private final List<Hearing> hearings = new CopyOnWriteArrayList<>();

    /** Adds a listener; what is returned takes it away. */
    AutoCloseable add(SessionListener listener) {
        Hearing hearing = new Hearing(listener);
        hearings.add(hearing);
        return () -> hearings.remove(hearing);
    }

    void tell(SessionEvent event) {
        for (Hearing hearing : hearings) {
            hearing.tell(event);
        }
    }

    /** One listener, and what it has not heard yet. */
    private static final class Hearing {
        private final SessionListener listener;
        private final Map<Session, ArrayDeque<SessionEvent>> queues = new ConcurrentHashMap<>(); // each under its map entry
        private final AtomicInteger waiting = new AtomicInteger();
        private volatile boolean behind;

        private Hearing(SessionListener listener) {
            this.listener = listener;
        }

        private void tell(SessionEvent event) {
            if (waiting.get() >= WAITING) {
                fallBehind();
                return;
            }
            waiting.incrementAndGet();
            queues.compute(event.session(), (session, queue) -> {
                if (queue != null) {
                    queue.add(event);
                    return queue;
                }
                ArrayDeque<SessionEvent> first = new ArrayDeque<>(2);
                first.add(event);
                Thread.ofVirtual().name("mooring-session-events").start(() -> drain(session));
                return first;
            });
        }

        private void fallBehind() {
            if (!behind) {
                behind = true;
                LOG.warn("A session listener does not keep up; events are dropped while {} wait", WAITING);
            }
        }

        private void drain(Session session) {
            for (SessionEvent event = next(session); event != null; event = next(session)) {
                hear(event);
                if (waiting.decrementAndGet() == 0) {
                    behind = false;
                }
            }
        }

        /** The next event; if there is none the queue is gone, and the next one starts another thread. */
        private @Nullable SessionEvent next(Session session) {
            SessionEvent[] taken = new SessionEvent[1];
            queues.computeIfPresent(session, (key, queue) -> {
                taken[0] = queue.poll();
                return taken[0] == null ? null : queue;
            });
            return taken[0];
        }

        @SuppressWarnings("CatchThrowable") // whatever a listener throws, the next events are for it too
        private void hear(SessionEvent event) {
            try {
                listener.heard(event);
            } catch (Throwable e) {
                LOG.error("A session listener failed on {} of {}", event.getClass().getSimpleName(),
                        event.session().label(), e);
            }
        }
    }
}
