package dev.mooring.feature;

import java.time.Instant;

/** What a handler may know of the session it is called in; legacy clients only. */
public interface SessionView {

    /** The public name of the session, stable as long as it lives. Not the id, which is a secret. */
    String label();

    Instant created();
}
