package dev.mooring.session;

import dev.mooring.lease.EndReason;

/** What lives in a session: the protocol's state of one client. Made with the session, told once when it ends. */
public interface Occupant {

    /** The session has ended and can no longer be found. Runs on a thread that may block; called exactly once. */
    void ended(EndReason reason);

    /**
     * The {@link dev.mooring.time.Time#nanos} of the last proof that the client still reads what it asked for; or
     * {@code atLeast}, if there is none later.
     */
    default long lastProof(long atLeast) {
        return atLeast;
    }
}
