package dev.mooring.session;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions by who owns them, and how many places each owner has taken. A place is taken before a session is made and given
 * back when it has ended or could not be made. Thread-safe.
 */
final class Owners {
    private final ConcurrentHashMap<String, Owned> owners = new ConcurrentHashMap<>();

    /** One owner's; its count is changed under its map entry. */
    private static final class Owned {
        private final Set<Session> sessions = ConcurrentHashMap.newKeySet(2);
        private int places;
    }

    /** Takes a place, if the owner has fewer than that many. */
    boolean reserve(String owner, int most) {
        boolean[] taken = new boolean[1];
        owners.compute(owner, (key, owned) -> {
            Owned changed = owned == null ? new Owned() : owned;
            if (changed.places < most) {
                changed.places++;
                taken[0] = true;
            }
            return changed.places == 0 ? null : changed;
        });
        return taken[0];
    }

    /** Gives a place back. */
    void free(String owner) {
        owners.computeIfPresent(owner, (key, owned) -> --owned.places == 0 ? null : owned);
    }

    void add(Session session) {
        Owned owned = owners.get(session.owningKey());
        if (owned != null) { // it is there as long as the session's place is taken
            owned.sessions.add(session);
        }
    }

    void remove(Session session) {
        Owned owned = owners.get(session.owningKey());
        if (owned != null) {
            owned.sessions.remove(session);
        }
    }

    Collection<Session> sessions(String owner) {
        Owned owned = owners.get(owner);
        return owned == null ? List.of() : List.copyOf(owned.sessions);
    }

    int size() {
        return owners.size();
    }
}
