package dev.mooring.http;

/** Decides whether the next request may be read from the bytes that have come. */
interface Gate {

    boolean isOpen();

    /** Bytes have come from the peer. */
    void heard();
}
