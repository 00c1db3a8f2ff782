package dev.mooring.protocol;

import java.time.Duration;

/**
 * Bounds on calls.
 *
 * @param perSession how many may run at once in one session or on one channel
 * @param total how many may run at once in the server
 * @param timeout how long one may take; zero: for ever. The time its client takes to answer a question does not count, and
 *     after it the call has all its time again.
 * @param askTimeout how long a client may take to answer a question; for modern clients also how long what the server
 *     sealed for them can be opened
 * @param progressInterval how much time is between two reports of one call's progress; of those that come sooner only the
 *     latest is sent, when that time is over (within a second) and in any case before the answer. Zero: each is sent.
 */
public record CallLimits(int perSession, int total, Duration timeout, Duration askTimeout, Duration progressInterval) {

    public static final CallLimits DEFAULT =
            new CallLimits(1_000, 50_000, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ZERO);

    public CallLimits {
        if (perSession < 1 || total < 1) {
            throw new IllegalArgumentException(
                    "perSession: " + perSession + ", total: " + total + " (expected: each >= 1)");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: >= 0)");
        }
        if (!askTimeout.isPositive()) {
            throw new IllegalArgumentException("askTimeout: " + askTimeout + " (expected: > 0)");
        }
        if (progressInterval.isNegative()) {
            throw new IllegalArgumentException("progressInterval: " + progressInterval + " (expected: >= 0)");
        }
    }

    public CallLimits withPerSession(int perSession) {
        return new CallLimits(perSession, total, timeout, askTimeout, progressInterval);
    }

    public CallLimits withTotal(int total) {
        return new CallLimits(perSession, total, timeout, askTimeout, progressInterval);
    }

    public CallLimits withTimeout(Duration timeout) {
        return new CallLimits(perSession, total, timeout, askTimeout, progressInterval);
    }

    public CallLimits withAskTimeout(Duration askTimeout) {
        return new CallLimits(perSession, total, timeout, askTimeout, progressInterval);
    }

    public CallLimits withProgressInterval(Duration progressInterval) {
        return new CallLimits(perSession, total, timeout, askTimeout, progressInterval);
    }
}
