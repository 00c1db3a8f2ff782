package dev.mooring.session;

/** Where a session is in its life. It only moves on: the last three are its end. */
public enum SessionState {
    /** Opened; its client has not been told yet. */
    CREATED,
    /** The client has been told what was negotiated, and has not used it yet. */
    INITIALIZING,
    /** In use. */
    READY,
    /** Ended; what lives in it is being told. */
    CLOSING,
    /** Gone. */
    CLOSED,
    /** Gone, because its client broke the protocol. */
    ERROR;

    /** Whether it can still be found. */
    public boolean open() {
        return compareTo(CLOSING) < 0;
    }
}
