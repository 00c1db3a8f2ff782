package dev.mooring.http;

/**
 * A header field of an answer. Characters that could end a field or hide in one are refused.
 *
 * @param name a token
 * @param value Latin-1 without control characters
 */
public record HttpField(String name, String value) {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    public HttpField {
        if (!isToken(name)) {
            throw new IllegalArgumentException("name: \"" + name + "\" (expected: a token)");
        }
        if (!isValue(value)) {
            throw new IllegalArgumentException(
                    "value of " + name + ": \"" + value + "\" (expected: Latin-1 without control characters)");
        }
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!alphanumeric && MARKS.indexOf(c) == -1) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
