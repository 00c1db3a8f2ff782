package dev.mooring.protocol;

import dev.mooring.lease.ServerKeys;
import dev.mooring.rpc.RpcException;
import dev.mooring.time.Time;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a client carries for the server from one request to the next, for a limited time: nobody else can read or make
 * it, and it opens only where what it is bound to is the same. The newest key seals, all open. Thread-safe.
 */
final class StateSeal {
    /** The longest sealed text that is made or taken. */
    static final int MOST = 32 << 10;

    private static final String PURPOSE = "request state";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int EXPIRY = Long.BYTES;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<Optional<ServerKeys>> keys;
    private final Time time;
    private final Duration ttl;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable List<SecretKeySpec> derived; // newest first; made once there are keys

    /**
     * Makes a seal.
     *
     * @param keys the server's; empty as long as they are not known
     * @param ttl how long what is sealed can be opened
     */
    StateSeal(Supplier<Optional<ServerKeys>> keys, Time time, Duration ttl) {
        this.keys = keys;
        this.time = time;
        this.ttl = ttl;
    }

    /**
     * What was sealed.
     *
     * @param name no other sealed text has it
     * @param expires when it cannot be opened any more, in milliseconds of the epoch
     */
    record Opened(String content, String name, long expires) {}

    /** How long a text is when it is sealed. */
    static int length(String content) {
        int bytes = NONCE + EXPIRY + content.getBytes(StandardCharsets.UTF_8).length + TAG;
        return (bytes * 4 + 2) / 3;
    }

    String seal(String text, byte[] bound) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] plain = ByteBuffer.allocate(EXPIRY + content.length)
                .putLong(time.now().toEpochMilli() + ttl.toMillis())
                .put(content)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys().getFirst(), nonce, bound).doFinal(plain);
            return ENCODER.encodeToString(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /** Opens it; empty if it was not sealed here, is bound to something else, or has expired. */
    Optional<Opened> open(String sealed, byte[] bound) {
        byte[] bytes = decode(sealed);
        if (bytes.length < NONCE + EXPIRY + TAG) {
            return Optional.empty();
        }
        for (SecretKeySpec key : keys()) {
            Optional<ByteBuffer> plain = open(bytes, key, bound);
            if (plain.isPresent()) {
                long expires = plain.get().getLong();
                String content = StandardCharsets.UTF_8.decode(plain.get()).toString();
                return time.now().toEpochMilli() < expires
                        ? Optional.of(new Opened(content, sealed.substring(0, NONCE * 4 / 3), expires))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<ByteBuffer> open(byte[] bytes, SecretKeySpec key, byte[] bound) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE), bound);
            return Optional.of(ByteBuffer.wrap(cipher.doFinal(bytes, NONCE, bytes.length - NONCE)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /** The bytes; none if they would be written otherwise, so that there is one text only for each. */
    private static byte[] decode(String sealed) {
        if (sealed.length() > MOST) {
            return new byte[0];
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            return ENCODER.encodeToString(bytes).equals(sealed) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] bound)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private List<SecretKeySpec> keys() {
        List<SecretKeySpec> known = derived;
        if (known == null) {
            known = keys.get()
                    .orElseThrow(() -> new RpcException(Errors.overloaded("the session store is not open yet")))
                    .derive(PURPOSE)
                    .stream()
                    .map(key -> new SecretKeySpec(key, "AES"))
                    .toList();
            derived = known;
        }
        return known;
    }
}
