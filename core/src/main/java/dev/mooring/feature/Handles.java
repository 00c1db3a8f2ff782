package dev.mooring.feature;

import java.time.Duration;

/**
 * The handles of a call's principal. What is kept lives in this process's memory: it does not survive a restart. Everybody
 * without credentials is one principal, for whom the id alone is the key. Thread-safe.
 */
public interface Handles {

    /**
     * Keeps a value.
     *
     * @param ttl how long, used or not; more than zero
     * @throws ToolException if this principal keeps too many already
     */
    <T> Handle<T> open(T value, Duration ttl);

    /**
     * The value that is kept under an id.
     *
     * @throws ToolException if there is none: it has expired, was closed, never was, belongs to somebody else, or is of
     *     another type. The text says so to the model, without telling which.
     */
    <T> T get(String id, Class<T> type);

    /** Ends a handle before its time; false if there is none of that id. */
    boolean close(String id);
}
