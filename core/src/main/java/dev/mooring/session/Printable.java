package dev.mooring.session;

import java.util.regex.Pattern;

/** Text of strangers, made fit for a line of a log: short, and without characters that could forge another line. */
final class Printable {
    private static final int LENGTH = 80;

    /** Control characters of both sets, line separators, and what changes the direction of text. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private Printable() {}

    static String of(String text) {
        String line = UNPRINTABLE.matcher(text.strip()).replaceAll("?");
        if (line.length() <= LENGTH) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH;
        return line.substring(0, end) + "…";
    }
}
