package dev.mooring.session;

import dev.mooring.auth.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * What of a session can move to another process: everything but what is connected or running. It does not hold the session's
 * id, so whoever reads a store cannot act in its sessions.
 *
 * @param key by what it is found: a digest of the id
 * @param number the {@code n} of its label
 * @param address where the client was when the session was opened; tells those without credentials apart for limits
 * @param lastActive when it was last known to be used
 * @param ready whether it was in use, and not only opened
 * @param authenticated whether its owner proved who they are
 * @param occupant what lives in it, in a form of its own
 */
public record StoredSession(
        String key,
        long number,
        Principal owner,
        String transport,
        String address,
        Instant created,
        Instant lastActive,
        boolean ready,
        boolean authenticated,
        SessionClient client,
        Map<String, String> metadata,
        String occupant) {

    public StoredSession {
        metadata = Map.copyOf(metadata);
    }

    /** The key of a session of that id. */
    static String key(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Its label, which stays the same wherever it goes. */
    public String label() {
        return order().label();
    }

    SessionOrder order() {
        return new SessionOrder(created.toEpochMilli(), number);
    }

    /** How long ago it was opened. */
    Duration age(Instant now) {
        Duration age = Duration.between(created, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * Whether its time was over while nobody looked.
     *
     * @param margin by how much {@link #lastActive} may be out of date
     */
    boolean outlived(SessionTimeouts timeouts, Instant now, Duration margin) {
        Duration idle = ready ? timeouts.idle(owner, transport, client.name()) : timeouts.initialize();
        return isOver(lastActive, idle.isZero() ? idle : idle.plus(margin), now)
                || isOver(created, timeouts.lifetime(), now);
    }

    private static boolean isOver(Instant from, Duration most, Instant now) {
        return !most.isZero() && Duration.between(from, now).compareTo(most) >= 0;
    }
}
