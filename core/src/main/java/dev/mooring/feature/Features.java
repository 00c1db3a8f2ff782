package dev.mooring.feature;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The features of one kind, by name and in order of their names. Thread-safe; readers see a snapshot. */
public final class Features<F> {
    private final String kind;
    private final Function<F, String> name;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile TreeMap<String, F> features = new TreeMap<>(); // replaced whole, under writing; never changed after

    Features(String kind, Function<F, String> name) {
        this.kind = kind;
        this.name = name;
    }

    /**
     * Adds a feature.
     *
     * @throws IllegalStateException if there is one of that name
     */
    public void add(F feature) {
        writing.lock();
        try {
            TreeMap<String, F> changed = new TreeMap<>(features);
            if (changed.putIfAbsent(name.apply(feature), feature) != null) {
                throw new IllegalStateException("there is a " + kind + " named " + name.apply(feature) + " already");
            }
            features = changed;
        } finally {
            writing.unlock();
        }
    }

    /** Removes the feature of that name; false if there is none. Calls in progress go on. */
    public boolean remove(String name) {
        writing.lock();
        try {
            TreeMap<String, F> changed = new TreeMap<>(features);
            boolean removed = changed.remove(name) != null;
            features = changed;
            return removed;
        } finally {
            writing.unlock();
        }
    }

    public @Nullable F find(String name) {
        return features.get(name);
    }

    /** All of them; the same collection, by identity, as long as nothing was added or removed. */
    public Collection<F> all() {
        return Collections.unmodifiableCollection(features.values());
    }
}
