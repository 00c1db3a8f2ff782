package dev.mooring.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A SHA-256 of texts and JSON trees that is the same for trees that mean the same: the order of members does not count, nor
 * how a number is written. For one thread.
 */
final class TreeDigest {
    private final MessageDigest digest;

    TreeDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    TreeDigest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    TreeDigest add(JsonNode tree) {
        if (tree.isObject()) {
            begin('{', tree.size());
            for (String name : new TreeSet<>(tree.propertyNames())) {
                add(name).add(tree.get(name));
            }
        } else if (tree.isArray()) {
            begin('[', tree.size());
            tree.forEach(this::add);
        } else if (tree.isNumber()) {
            begin('n', 0);
            add(tree.decimalValue().stripTrailingZeros().toString());
        } else {
            begin(tree.isString() ? 's' : 'l', 0);
            add(tree.asString());
        }
        return this;
    }

    private void begin(char kind, int members) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(members).flip());
    }

    /** The digest of all that was added; this cannot be used any more. */
    byte[] bytes() {
        return digest.digest();
    }

    /** The first half of it as text. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()).substring(0, 22);
    }
}
