package dev.mooring.transport;

/** A session id as a peer sent it or will receive it. A secret: its text form never shows it. */
public record SessionKey(String value) {
    @Override
    public String toString() {
        return "SessionKey[…]";
    }
}
