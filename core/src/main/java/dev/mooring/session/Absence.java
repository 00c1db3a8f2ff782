package dev.mooring.session;

/** What can be said of a session id for which no session is here. */
public enum Absence {
    /** It has ended, never was, or belongs to somebody else; asking again changes nothing. */
    GONE,
    /** It may be kept in the store. */
    RESTORABLE,
    /** Nothing can be said before the store is open. */
    NOT_YET
}
