package dev.mooring.session;

/** Text of strangers, made fit for a line of a log: short, and without characters that could forge another line. */
final class Printable {
    private static final int LENGTH = 80;

    private Printable() {}

    static String of(String text) {
        String shown = text.length() > LENGTH ? text.substring(0, LENGTH) + "…" : text;
        return shown.strip().replaceAll("\\p{Cntrl}|[\\u2028\\u2029]", "?");
    }
}
