package dev.mooring.lease;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of a server, from which it derives one key for each purpose. The newest secret makes ids and seals; all of them
 * recognise and open, so that a secret can be replaced without clients noticing. Immutable; prints none of them.
 */
public final class ServerKeys {
    /** The shortest secret that is taken, in bytes. */
    public static final int SHORTEST = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final List<byte[]> secrets;

    private ServerKeys(List<byte[]> secrets) {
        this.secrets = secrets.stream().map(byte[]::clone).toList();
    }

    /**
     * Keys from secrets that are kept elsewhere.
     *
     * @param secrets newest first
     * @throws IllegalArgumentException if there is none, or one is shorter than {@link #SHORTEST}
     */
    public static ServerKeys of(List<byte[]> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length < SHORTEST)) {
            throw new IllegalArgumentException("secrets: " + secrets.size()
                    + " (expected: at least one, each of at least " + SHORTEST + " bytes)");
        }
        return new ServerKeys(secrets);
    }

    /** A secret of its own, forgotten when the process ends. */
    public static ServerKeys random() {
        byte[] secret = new byte[SHORTEST];
        new SecureRandom().nextBytes(secret);
        return new ServerKeys(List.of(secret));
    }

    /** The keys of 32 bytes for a purpose, newest first; those of one purpose tell nothing about another's. */
    public List<byte[]> derive(String purpose) {
        return secrets.stream().map(secret -> derive(secret, purpose)).toList();
    }

    private static byte[] derive(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(("mooring " + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this JDK", e);
        }
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
