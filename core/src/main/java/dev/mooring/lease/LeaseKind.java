package dev.mooring.lease;

/** What a lease is for. It only labels and counts: all kinds live and end by the same rules. */
public enum LeaseKind {
    SESSION,
    CONNECTION,
    STREAM,
    TASK,
    HANDLE
}
