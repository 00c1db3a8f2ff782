package dev.mooring.auth;

import java.util.Set;

/**
 * Who a message comes from: an issuer and a subject, with the scopes granted to it. Two principals are the same owner
 * when issuer and subject are equal, whatever their scopes.
 */
public record Principal(String issuer, String subject, Set<String> scopes) {

    /** Everybody who gave no credentials. For ownership they are one; an unguessable session id tells them apart. */
    public static final Principal ANONYMOUS = new Principal("", "anonymous", Set.of());

    /** The user who started this process, on channels that need no credentials (stdio, in-process). */
    public static final Principal LOCAL = new Principal("", "local", Set.of());

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Whether both own the same things. */
    public boolean sameOwner(Principal other) {
        return issuer.equals(other.issuer) && subject.equals(other.subject);
    }
}
