package dev.mooring.session;

import dev.mooring.lease.EndReason;
import dev.mooring.lease.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of sessions, so that no total ever needs a scan. Thread-safe; each number is right by itself. */
final class SessionCounters {
    final AtomicLong created = new AtomicLong();
    final AtomicLong restored = new AtomicLong();
    final AtomicInteger authenticated = new AtomicInteger();
    private final Tally<SessionState> states = new Tally<>(SessionState.class);
    private final Tally<EndReason> reasons = new Tally<>(EndReason.class);
    private final Tally<Rejection> rejections = new Tally<>(Rejection.class);
    private final Map<String, AtomicInteger> transports = new ConcurrentHashMap<>();
    private final AtomicLong createdMillis = new AtomicLong(); // the sum over those that live

    void opened(Session session) {
        states.add(SessionState.CREATED, 1);
        transports.computeIfAbsent(session.transport(), name -> new AtomicInteger()).incrementAndGet();
        createdMillis.addAndGet(session.created().toEpochMilli());
    }

    void moved(SessionState from, SessionState to) {
        states.add(from, -1);
        if (to != SessionState.CLOSED && to != SessionState.ERROR) {
            states.add(to, 1);
        }
    }

    void closed(Session session, EndReason reason) {
        reasons.add(reason, 1);
        createdMillis.addAndGet(-session.created().toEpochMilli());
        AtomicInteger transport = transports.get(session.transport());
        if (transport != null) {
            transport.decrementAndGet();
        }
    }

    void rejected(Rejection cause) {
        rejections.add(cause, 1);
    }

    long createdMillis() {
        return createdMillis.get();
    }

    Map<SessionState, Long> byState() {
        return states.nonZero();
    }

    Map<String, Integer> byTransport() {
        Map<String, Integer> counts = new HashMap<>();
        transports.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    Map<EndReason, Long> byReason() {
        return reasons.nonZero();
    }

    Map<Rejection, Long> byRejection() {
        return rejections.nonZero();
    }
}
