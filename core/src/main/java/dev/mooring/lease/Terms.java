package dev.mooring.lease;

import dev.mooring.auth.Principal;
import java.time.Duration;

/**
 * What a lease is given out on.
 *
 * @param label its name for logs and reports; never usable on the wire
 * @param idle how long it lives after its last use ended; zero: it never expires idle
 * @param lifetime how long it lives at most, used or not; zero: no such limit
 */
public record Terms(LeaseKind kind, Principal owner, String label, Duration idle, Duration lifetime) {

    public Terms {
        if (idle.isNegative() || lifetime.isNegative()) {
            throw new IllegalArgumentException("idle: " + idle + ", lifetime: " + lifetime + " (expected: each >= 0)");
        }
    }
}
