package dev.mooring.lease;

/** Breaks what the engine promises, for the tests of those who mend it. */
public final class Ended {
    private Ended() {}

    /** Ends a lease so that nobody is told. */
    public static void silently(Lease lease) {
        lease.close(EndReason.MANUAL);
    }
}
