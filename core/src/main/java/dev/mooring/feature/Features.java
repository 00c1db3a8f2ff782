package dev.mooring.feature;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The features of one kind, by key and in order of their keys. Clients are told when their list changes. Thread-safe; who
 * reads while others add or remove sees each change or does not.
 */
public final class Features<F extends Feature> {
    private static final Logger LOG = LoggerFactory.getLogger(Features.class);

    private final String kind;
    private final Runnable onChange;
    private final ConcurrentNavigableMap<String, F> features = new ConcurrentSkipListMap<>();
    private final AtomicInteger withAudience = new AtomicInteger(); // never less than there are in the map
    private volatile @Nullable BiPredicate<? super F, Context> policy;
    private volatile boolean offered; // set once, like the next
    private volatile boolean completes;

    /** @param onChange runs after each change, on the thread that made it */
    Features(String kind, Runnable onChange) {
        this.kind = kind;
        this.onChange = onChange;
    }

    /**
     * Adds a feature.
     *
     * @throws IllegalStateException if there is one of that key
     */
    public void add(F feature) {
        if (feature.audience() != null) {
            withAudience.incrementAndGet();
        }
        if (features.putIfAbsent(feature.key(), feature) != null) {
            forget(feature);
            throw new IllegalStateException("there is a " + kind + " \"" + feature.key() + "\" already");
        }
        offered = true;
        if (feature.completes()) {
            completes = true;
        }
        changed();
    }

    /** Removes the feature of that key; false if there is none. Calls in progress go on. */
    public boolean remove(String key) {
        F removed = features.remove(key);
        if (removed != null) {
            forget(removed);
            changed();
        }
        return removed != null;
    }

    /**
     * Says that clients see another list although nothing was added or removed, because whom something is visible to has
     * changed: they are told. Returns at once.
     */
    public void changed() {
        onChange.run();
    }

    private void forget(F feature) {
        if (feature.audience() != null) {
            withAudience.decrementAndGet();
        }
    }

    public @Nullable F find(String key) {
        return features.get(key);
    }

    /** All of them; a view. */
    public Collection<F> all() {
        return Collections.unmodifiableCollection(features.values());
    }

    /** Those after a key, which need not be there; a view. */
    public Collection<F> after(String key) {
        return Collections.unmodifiableCollection(features.tailMap(key, false).values());
    }

    /** Says that there may be features of this kind, though there is none yet: clients are told so when they connect. */
    public void offer() {
        offered = true;
    }

    /** Whether there may be any: one was added, or they were {@linkplain #offer offered}. Once true, it stays. */
    public boolean offered() {
        return offered;
    }

    /** Whether there was ever one that suggests values for an argument. */
    public boolean completes() {
        return completes;
    }

    /**
     * Decides, besides each feature's own audience, which exist for whom. Replaces the policy before; clients are told.
     *
     * @param policy asked as {@link FeatureBuilder#visibleTo} says
     */
    public void visibleTo(BiPredicate<? super F, Context> policy) {
        this.policy = policy;
        changed();
    }

    /** Whether there are features that do not exist for everybody. */
    public boolean restricted() {
        return policy != null || withAudience.get() > 0;
    }

    /** Whether this feature may not exist for everybody. */
    public boolean restricted(F feature) {
        return policy != null || feature.audience() != null;
    }

    /** Whether a feature exists for a caller. May run for long. */
    public boolean visible(F feature, Context caller) {
        Predicate<Context> audience = feature.audience();
        BiPredicate<? super F, Context> general = policy;
        try {
            return (audience == null || audience.test(caller)) && (general == null || general.test(feature, caller));
        } catch (RuntimeException e) {
            LOG.error("The {} \"{}\" stays hidden, because whom it is visible to cannot be told", kind, feature.key(),
                    e);
            return false;
        }
    }
}
