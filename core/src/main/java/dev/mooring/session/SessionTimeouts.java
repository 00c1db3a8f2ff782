package dev.mooring.session;

import dev.mooring.auth.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long sessions live. Of the idle times the most telling holds: the principal's, else the transport's, else the general
 * one. A client's name is its own choice, so what is set for it can only shorten.
 *
 * @param idle how long one lives after its last use ended; zero: for ever
 * @param byTransport instead of {@code idle}, by the name of a transport
 * @param byPrincipal instead of both, by a principal's subject
 * @param byClient at most, by the name a client gives itself
 * @param lifetime how long one lives at most, used or not; zero: no such limit
 * @param initialize how long one may take from being opened to being used
 */
public record SessionTimeouts(
        Duration idle,
        Map<String, Duration> byTransport,
        Map<String, Duration> byPrincipal,
        Map<String, Duration> byClient,
        Duration lifetime,
        Duration initialize) {

    public static final SessionTimeouts DEFAULT = new SessionTimeouts(Duration.ofMinutes(30), Map.of(), Map.of(),
            Map.of(), Duration.ZERO, Duration.ofSeconds(60));

    public SessionTimeouts {
        byTransport = Map.copyOf(byTransport);
        byPrincipal = Map.copyOf(byPrincipal);
        byClient = Map.copyOf(byClient);
        if (idle.isNegative() || lifetime.isNegative() || !initialize.isPositive()) {
            throw new IllegalArgumentException("idle: " + idle + ", lifetime: " + lifetime + ", initialize: "
                    + initialize + " (expected: >= 0, >= 0, > 0)");
        }
        Stream.of(byTransport, byPrincipal, byClient).forEach(SessionTimeouts::checkNoneNegative);
    }

    private static void checkNoneNegative(Map<String, Duration> idleTimes) {
        if (idleTimes.values().stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("idle: " + idleTimes + " (expected: each >= 0)");
        }
    }

    public SessionTimeouts withIdle(Duration idle) {
        return new SessionTimeouts(idle, byTransport, byPrincipal, byClient, lifetime, initialize);
    }

    public SessionTimeouts withByTransport(Map<String, Duration> byTransport) {
        return new SessionTimeouts(idle, byTransport, byPrincipal, byClient, lifetime, initialize);
    }

    public SessionTimeouts withByPrincipal(Map<String, Duration> byPrincipal) {
        return new SessionTimeouts(idle, byTransport, byPrincipal, byClient, lifetime, initialize);
    }

    public SessionTimeouts withByClient(Map<String, Duration> byClient) {
        return new SessionTimeouts(idle, byTransport, byPrincipal, byClient, lifetime, initialize);
    }

    public SessionTimeouts withLifetime(Duration lifetime) {
        return new SessionTimeouts(idle, byTransport, byPrincipal, byClient, lifetime, initialize);
    }

    public SessionTimeouts withInitialize(Duration initialize) {
        return new SessionTimeouts(idle, byTransport, byPrincipal, byClient, lifetime, initialize);
    }

    /** What is left of the lifetime at that age, however little; zero: there is no such limit. */
    Duration lifetimeLeft(Duration age) {
        Duration left = lifetime.minus(age);
        return lifetime.isZero() ? lifetime : left.isPositive() ? left : Duration.ofNanos(1);
    }

    /** The idle time of a session in use; zero: for ever. */
    Duration idle(Principal owner, String transport, String client) {
        Duration forPrincipal = byPrincipal.get(owner.subject());
        Duration forTransport = byTransport.get(transport);
        Duration own = forPrincipal != null ? forPrincipal : forTransport != null ? forTransport : idle;
        Duration most = byClient.get(client);
        boolean shorter = most != null && most.isPositive() && (own.isZero() || most.compareTo(own) < 0);
        return most != null && shorter ? most : own;
    }
}
