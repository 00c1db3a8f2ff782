package dev.mooring.session;

import java.time.Duration;

/**
 * Bounds on sessions.
 *
 * @param sessions how many may live at once; at least 1
 * @param perOwner how many of them may belong to one principal, or, of those without credentials, to one client address; at
 *     least 1
 * @param evict whether an owner at that limit loses the session it has not used for longest, instead of being refused
 * @param timeouts how long they live
 */
public record SessionLimits(int sessions, int perOwner, boolean evict, SessionTimeouts timeouts) {

    public static final SessionLimits DEFAULT = new SessionLimits(10_000, 100, false, SessionTimeouts.DEFAULT);

    public SessionLimits {
        if (sessions < 1 || perOwner < 1) {
            throw new IllegalArgumentException(
                    "sessions: " + sessions + ", perOwner: " + perOwner + " (expected: each >= 1)");
        }
    }

    public SessionLimits withSessions(int sessions) {
        return new SessionLimits(sessions, perOwner, evict, timeouts);
    }

    public SessionLimits withPerOwner(int perOwner) {
        return new SessionLimits(sessions, perOwner, evict, timeouts);
    }

    public SessionLimits withEviction(boolean evict) {
        return new SessionLimits(sessions, perOwner, evict, timeouts);
    }

    public SessionLimits withTimeouts(SessionTimeouts timeouts) {
        return new SessionLimits(sessions, perOwner, evict, timeouts);
    }

    /** Short for changing the one timeout that is changed most. */
    public SessionLimits withIdle(Duration idle) {
        return withTimeouts(timeouts.withIdle(idle));
    }
}
