package dev.mooring.config;

import java.util.Collection;
import java.util.Optional;

/** Which known name a misspelled one is probably meant to be. */
final class Spelling {
    private Spelling() {}

    /** The known name that only adds a unit; else the nearest by edits, if it is near enough to be worth naming; the first of equals. */
    static Optional<String> nearest(String name, Collection<String> known) {
        if (known.contains(name + "_MS")) {
            return Optional.of(name + "_MS");
        }
        int best = Math.max(2, name.length() / 4) + 1;
        String nearest = null;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance, one row at a time: each cell is the cheapest way to turn one prefix into the other. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
