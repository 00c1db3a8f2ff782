package dev.mooring.session;

import dev.mooring.lease.EndReason;

/** What lives in a session: the protocol's state of one client. Made with the session, told once when it ends. */
public interface Occupant {

    /** The session has ended and can no longer be found. Runs on a thread that may block; called exactly once. */
    void ended(EndReason reason);

    /** What another process needs to go on with it, as text of its own form. Called on any thread; does not block. */
    default String kept() {
        return "";
    }

    /**
     * The {@link dev.mooring.time.Time#nanos} of the last proof that the client still reads what it asked for; or
     * {@code atLeast}, if there is none later.
     */
    default long lastProof(long atLeast) {
        return atLeast;
    }
}
