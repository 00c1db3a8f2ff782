package dev.mooring.protocol;

import org.jspecify.annotations.Nullable;

/** Which event of which stream; number 0 is the beginning, before all messages. */
record EventId(StreamName stream, long sequence) {
    private static final int LONGEST = 1_024;

    /** The id as a client sends it back; null if it was not made in that session. */
    static @Nullable EventId parse(String session, @Nullable String text) {
        int mark = text == null || text.length() > LONGEST ? -1 : text.lastIndexOf('_');
        if (text == null || mark < 0) {
            return null;
        }
        StreamName stream = StreamName.parse(session, text.substring(0, mark));
        try {
            long sequence = Long.parseLong(text, mark + 1, text.length(), Character.MAX_RADIX);
            return stream == null || sequence < 0 ? null : new EventId(stream, sequence);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The id as it travels. */
    String text() {
        return stream.text() + "_" + Long.toString(sequence, Character.MAX_RADIX);
    }
}
