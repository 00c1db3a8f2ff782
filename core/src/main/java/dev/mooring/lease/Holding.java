package dev.mooring.lease;

/** What a lease is held on; told of the end by the engine. */
public interface Holding {

    /** The lease has ended. Runs once, at once, on the thread that ended it: takes it out of indexes and never blocks. */
    void leaving(Lease lease, EndReason reason);

    /** What else the end asks for. Runs once, after {@link #leaving}, on a thread that may block. */
    void ended(Lease lease, EndReason reason);

    /**
     * The {@link dev.mooring.time.Time#nanos} of the last proof that the client is still there although it asks for nothing
     * (a stream it reads); or {@code atLeast}, if there is none later.
     */
    default long lastProof(long atLeast) {
        return atLeast;
    }
}
