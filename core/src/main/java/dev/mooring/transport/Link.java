package dev.mooring.transport;

/** A shared channel as the engine knows it; made by {@link Receiver#open}. Thread-safe. */
public interface Link {

    /** The channel is gone, whoever ended it. May be called more than once; the first counts. */
    void closed(End cause);
}
