package dev.mooring.json;

import com.networknt.schema.regex.RegularExpression;
import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a schema, in Java's dialect, which gives up on a text that would take too long: some expressions
 * take time exponential in the text, and the text is a stranger's.
 */
final class BoundedPattern implements RegularExpression {
    private static final int STEPS = 20_000_000;

    private final Pattern pattern;
    private final boolean endsText;

    BoundedPattern(String expression) {
        this.pattern = Pattern.compile(expression);
        this.endsText = expression.endsWith("$") && !expression.endsWith("\\$");
    }

    @Override
    public boolean matches(String text) {
        Matcher matcher = pattern.matcher(new Counted(text));
        // A final $ is the end of the text; Java's also stands before a last line end.
        return matcher.find() && (!endsText || matcher.end() == text.length());
    }

    /** The text is refused: its match was given up. */
    static final class TooLong extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        TooLong() {
            super("", null, false, false);
        }
    }

    /** A text that counts how often it is looked at. One thread. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text) {
            this.text = text;
            this.left = STEPS + 20L * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
