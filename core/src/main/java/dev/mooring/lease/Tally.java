package dev.mooring.lease;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A count for each constant of an enum. Thread-safe; each count is right by itself. */
public final class Tally<E extends Enum<E>> {
    private final EnumMap<E, AtomicLong> counts; // never changed after the constructor, only its values

    public Tally(Class<E> type) {
        counts = new EnumMap<>(type);
        for (E constant : Objects.requireNonNull(type.getEnumConstants())) {
            counts.put(constant, new AtomicLong());
        }
    }

    public void add(E constant, int more) {
        of(constant).addAndGet(more);
    }

    public long get(E constant) {
        return of(constant).get();
    }

    private AtomicLong of(E constant) {
        return Objects.requireNonNull(counts.get(constant));
    }

    /** The counts that are not zero. */
    public Map<E, Long> nonZero() {
        EnumMap<E, Long> found = new EnumMap<>(counts.entrySet().iterator().next().getKey().getDeclaringClass());
        counts.forEach((constant, count) -> {
            if (count.get() != 0) {
                found.put(constant, count.get());
            }
        });
        return found;
    }
}
