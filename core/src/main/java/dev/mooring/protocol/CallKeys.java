package dev.mooring.protocol;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that no two calls share. */
final class CallKeys {
    private static final int BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CallKeys() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
