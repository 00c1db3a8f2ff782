package dev.mooring.lease;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the ids that name leases on the wire, and tells its own from forged ones: 160 random bits and a 64-bit MAC over them, as base64url. Length,
 * characters and MAC are checked without looking anything up. Thread-safe.
 */
public final class SecretIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 20;
    private static final int MAC_BYTES = 8;
    private static final int LENGTH = 38;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final SecureRandom random = new SecureRandom();
    private final List<Mac> prototypes; // newest first

    /**
     * Ids that only whoever has these keys can make.
     *
     * @param purpose what the ids name; those of one purpose are forged ones to another
     */
    public SecretIds(ServerKeys keys, String purpose) {
        this.prototypes = keys.derive(purpose).stream().map(SecretIds::mac).toList();
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this JDK", e);
        }
    }

    public String next() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        byte[] mac = sign(prototypes.getFirst(), bytes);
        return ENCODER.encodeToString(ByteBuffer.allocate(RANDOM_BYTES + MAC_BYTES).put(bytes).put(mac).array());
    }

    /** Whether this id was made with these keys; takes the same time wherever the MAC differs. */
    public boolean genuine(String id) {
        if (id.length() != LENGTH) {
            return false;
        }
        byte[] bytes;
        try {
            bytes = DECODER.decode(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] given = Arrays.copyOfRange(bytes, RANDOM_BYTES, RANDOM_BYTES + MAC_BYTES);
        byte[] named = Arrays.copyOf(bytes, RANDOM_BYTES);
        boolean genuine = false;
        for (Mac prototype : prototypes) {
            genuine |= MessageDigest.isEqual(sign(prototype, named), given);
        }
        return genuine;
    }

    private static byte[] sign(Mac prototype, byte[] bytes) {
        try {
            Mac mac = (Mac) prototype.clone();
            return Arrays.copyOf(mac.doFinal(bytes), MAC_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
