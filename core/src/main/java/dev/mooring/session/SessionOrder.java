package dev.mooring.session;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The place of a session among all others, by when it was opened; written out it is the session's label. Unique also among
 * those of former processes, whose numbers began anew.
 *
 * @param millis when it was opened, since the epoch
 * @param number how many this process had opened by then
 */
record SessionOrder(long millis, long number) implements Comparable<SessionOrder> {
    private static final Comparator<SessionOrder> ORDER =
            Comparator.comparingLong(SessionOrder::millis).thenComparingLong(SessionOrder::number);

    /** Reads a label; null if it is none. */
    static @Nullable SessionOrder of(String label) {
        String[] parts = label.split("-", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            SessionOrder order = new SessionOrder(Long.parseLong(parts[2]), Long.parseLong(parts[1]));
            return order.label().equals(label) ? order : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String label() {
        return "session-" + number + "-" + millis;
    }

    @Override
    public int compareTo(SessionOrder other) {
        return ORDER.compare(this, other);
    }
}
