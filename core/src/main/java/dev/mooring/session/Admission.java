package dev.mooring.session;

/** What came of the wish to open a session. */
public sealed interface Admission {

    /** It is open; the caller holds a reference to it, to be released once its client has been told. */
    record Opened(Session session) implements Admission {}

    /**
     * It was not opened.
     *
     * @param limit how many there may be
     */
    record Refused(Rejection cause, int limit) implements Admission {}
}
