package dev.mooring.protocol;

import java.time.Duration;

/**
 * Bounds on handles.
 *
 * @param total how many may be kept at once
 * @param perOwner how many of them by one principal
 * @param ttl how long one may be kept at most
 */
public record HandleLimits(int total, int perOwner, Duration ttl) {

    public static final HandleLimits DEFAULT = new HandleLimits(100_000, 10_000, Duration.ofDays(1));

    public HandleLimits {
        if (total < 1 || perOwner < 1 || !ttl.isPositive()) {
            throw new IllegalArgumentException(
                    "total: " + total + ", perOwner: " + perOwner + ", ttl: " + ttl + " (expected: >= 1, >= 1, > 0)");
        }
    }

    public HandleLimits withTotal(int total) {
        return new HandleLimits(total, perOwner, ttl);
    }

    public HandleLimits withPerOwner(int perOwner) {
        return new HandleLimits(total, perOwner, ttl);
    }

    public HandleLimits withTtl(Duration ttl) {
        return new HandleLimits(total, perOwner, ttl);
    }
}
