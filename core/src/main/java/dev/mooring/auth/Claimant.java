package dev.mooring.auth;

/**
 * Who takes up places in a server: a principal, or, of those without credentials, whoever is at one address.
 *
 * @param address where the client is, as its binding tells
 */
public record Claimant(Principal principal, String address) {

    /** By what the places are counted. */
    public String key() {
        return principal.sameOwner(Principal.ANONYMOUS) ? "@" + address
                : principal.issuer() + "\n" + principal.subject();
    }

    /**
     * Whether it may take any number: this process itself, and whoever is on this machine without credentials, because a
     * proxy in front of the server makes all clients look like that.
     */
    public boolean unlimited() {
        boolean local = address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
        return principal.sameOwner(Principal.LOCAL) || (principal.sameOwner(Principal.ANONYMOUS) && local);
    }
}
