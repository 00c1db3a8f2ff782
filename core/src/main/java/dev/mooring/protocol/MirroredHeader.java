package dev.mooring.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The value of a header field that mirrors a member of the body: plain, or Base64 between {@code =?base64?} and {@code ?=}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#value-encoding">
 *     Value encoding</a>
 */
final class MirroredHeader {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private MirroredHeader() {}

    /** The decoded value; empty if it claims to be Base64 and is not, or has characters that must be encoded. */
    static Optional<String> decode(String field) {
        if (!field.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t')) {
            return Optional.empty();
        }
        if (!field.startsWith(PREFIX) || !field.endsWith(SUFFIX)
                || field.length() < PREFIX.length() + SUFFIX.length()) {
            return Optional.of(field);
        }
        String encoded = field.substring(PREFIX.length(), field.length() - SUFFIX.length());
        if (encoded.length() % 4 != 0) { // the JDK's decoder would accept missing padding
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
