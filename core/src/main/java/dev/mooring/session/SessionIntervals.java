package dev.mooring.session;

import java.time.Duration;

/**
 * How often sessions are looked after.
 *
 * @param audit time between two audits; more than zero
 * @param report time between two reports of who is there; zero: none
 * @param heartbeat silence on a stream after which its client is asked whether it is there; zero: it is never asked
 */
public record SessionIntervals(Duration audit, Duration report, Duration heartbeat) {

    public static final SessionIntervals DEFAULT =
            new SessionIntervals(Duration.ofMinutes(5), Duration.ZERO, Duration.ofSeconds(30));

    public SessionIntervals {
        if (!audit.isPositive() || report.isNegative() || heartbeat.isNegative()) {
            throw new IllegalArgumentException("audit: " + audit + ", report: " + report + ", heartbeat: " + heartbeat
                    + " (expected: > 0, >= 0, >= 0)");
        }
    }

    public SessionIntervals withAudit(Duration audit) {
        return new SessionIntervals(audit, report, heartbeat);
    }

    public SessionIntervals withReport(Duration report) {
        return new SessionIntervals(audit, report, heartbeat);
    }

    public SessionIntervals withHeartbeat(Duration heartbeat) {
        return new SessionIntervals(audit, report, heartbeat);
    }
}
