package dev.mooring.session;

/** Who opened a session, as it described itself; nobody verifies it. Empty strings where it said nothing. */
public record SessionClient(String name, String version, String revision) {

    public static final SessionClient UNKNOWN = new SessionClient("", "", "");
}
