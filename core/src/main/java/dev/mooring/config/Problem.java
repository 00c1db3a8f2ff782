package dev.mooring.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param subject the setting, or the place in the {@code .env} file
 * @param source where it was given
 * @param given what was given, or what is wrong with it
 * @param expected what would have been right
 */
public record Problem(String subject, Source source, String given, String expected) {
    private static final int SHOWN = 80;

    /** The problem as one printable line. */
    public String text() {
        return subject + ": " + shown() + " (from " + source.text() + "; expected: " + expected + ")";
    }

    private String shown() {
        String printable = given.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
    }
}
