package dev.mooring.session;

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
        return owningKey(owner, address);
    }

    static String owningKey(Principal owner, String address) {
        return owner.sameOwner(Principal.ANONYMOUS) ? "@" + address : owner.issuer() + "\n" + owner.subject();
    }

    /**
     * Whether its owner may have any number of sessions: this process itself, and whoever is on this machine without
     * credentials, because a proxy in front of the server makes all clients look like that.
     */
    boolean unlimited() {
        boolean local = address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
        return owner.sameOwner(Principal.LOCAL) || (owner.sameOwner(Principal.ANONYMOUS) && local);
    }
}
