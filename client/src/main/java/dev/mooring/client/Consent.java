package dev.mooring.client;

/** What a user says to opening a page. */
public enum Consent {
    ACCEPT,
    DECLINE,
    /** The user went away without saying anything. */
    CANCEL
}
