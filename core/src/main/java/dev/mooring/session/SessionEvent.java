package dev.mooring.session;

import dev.mooring.lease.EndReason;
import java.time.Duration;

/** Something that happened to a session. */
public sealed interface SessionEvent {

    Session session();

    /** It was opened. */
    record Created(Session session) implements SessionEvent {}

    /** It was opened by a former process and goes on in this one. */
    record Restored(Session session) implements SessionEvent {}

    /** Its client has been told what was negotiated. */
    record Initialized(Session session, SessionClient client) implements SessionEvent {}

    /** It belongs to somebody who proved who they are. */
    record Authenticated(Session session) implements SessionEvent {}

    /** It moved on; told beside every more telling event. */
    record StateChanged(Session session, SessionState from, SessionState to) implements SessionEvent {}

    /** Time ended it; {@link Closed} follows. */
    record Expired(Session session, EndReason reason, Duration inactive) implements SessionEvent {}

    /**
     * It is gone.
     *
     * @param age how long it lived
     * @param calls how many calls it was used for
     */
    record Closed(Session session, EndReason reason, Duration age, long calls) implements SessionEvent {}
}
