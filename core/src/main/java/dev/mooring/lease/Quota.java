package dev.mooring.lease;

import java.util.concurrent.ConcurrentHashMap;

/** How many each owner has of something that is limited for each. Thread-safe. */
public final class Quota {
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>(); // by owner, none at zero

    /** Takes one more; false if the owner has that many already. */
    public boolean take(String owner, int most) {
        int now = taken.merge(owner, 1, Integer::sum);
        if (now > most) {
            free(owner);
        }
        return now <= most;
    }

    /** Gives one back. */
    public void free(String owner) {
        taken.computeIfPresent(owner, (key, count) -> count == 1 ? null : count - 1);
    }
}
