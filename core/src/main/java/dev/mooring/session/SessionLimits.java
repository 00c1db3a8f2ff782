package dev.mooring.session;

import java.time.Duration;

/**
 * Bounds on sessions.
 *
 * @param sessions how many may live at once; at least 1
 * @param idle how long one lives after its last call ended; zero: for ever
 */
public record SessionLimits(int sessions, Duration idle) {

    public static final SessionLimits DEFAULT = new SessionLimits(10_000, Duration.ofMinutes(30));

    public SessionLimits {
        if (sessions < 1) {
            throw new IllegalArgumentException("sessions: " + sessions + " (expected: >= 1)");
        }
        if (idle.isNegative()) {
            throw new IllegalArgumentException("idle: " + idle + " (expected: >= 0)");
        }
    }

    public SessionLimits withSessions(int sessions) {
        return new SessionLimits(sessions, idle);
    }

    public SessionLimits withIdle(Duration idle) {
        return new SessionLimits(sessions, idle);
    }
}
