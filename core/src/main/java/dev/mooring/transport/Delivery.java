package dev.mooring.transport;

/** What became of something handed to an outlet. */
public enum Delivery {
    /** Queued or written. */
    TAKEN,
    /** Queued or written, and the queue is over its high mark: wait with {@link Outlet#awaitWritable} before the next. */
    FULL,
    /** Dropped: the outlet has ended. */
    GONE
}
