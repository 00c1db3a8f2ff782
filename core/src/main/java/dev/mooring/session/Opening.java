package dev.mooring.session;

import dev.mooring.auth.Claimant;
import dev.mooring.auth.Principal;

/**
 * The wish to open a session.
 *
 * @param address where the client is; tells those without credentials apart for limits
 * @param expires whether it ends when idle; a session that lives in a connection ends with that
 * @param occupant what lives in it
 */
public record Opening(Principal owner, String transport, String address, boolean expires, Occupant occupant) {

    /** By what its owner's sessions are counted. */
    String owningKey() {
        return claimant().key();
    }

    static String owningKey(Principal owner, String address) {
        return new Claimant(owner, address).key();
    }

    /** Whether its owner may have any number of sessions. */
    boolean unlimited() {
        return claimant().unlimited();
    }

    private Claimant claimant() {
        return new Claimant(owner, address);
    }
}
