package dev.mooring.session;

import dev.mooring.auth.Principal;
import dev.mooring.lease.Alarm;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One legacy client's session: a lease with an id. Acquire it for as long as something is done for its client, so that it
 * does not expire meanwhile. Thread-safe.
 */
public final class Session {
    private final String id;
    private final String transport;
    private final Instant created;
    private final Lease lease;
    private final Occupant occupant;
    final long idleNanos;
    final @Nullable Alarm alarm; // set exactly if the session expires

    Session(SessionManager manager, String id, String transport, Instant created, Lease lease, Occupant occupant,
            long idleNanos) {
        this.id = id;
        this.transport = transport;
        this.created = created;
        this.lease = lease;
        this.occupant = occupant;
        this.idleNanos = idleNanos;
        this.alarm = idleNanos > 0 ? new Alarm(() -> manager.expire(this)) : null;
    }

    /** The secret that names the session on the wire. Never logged; see {@link #label}. */
    public String id() {
        return id;
    }

    /** The public name, {@code session-<n>-<epochMillis>}. */
    public String label() {
        return lease.label();
    }

    /** The binding it was opened on. */
    public String transport() {
        return transport;
    }

    public Principal owner() {
        return lease.owner();
    }

    public Instant created() {
        return created;
    }

    /** What lives here, as the type it was made with. */
    public <T extends Occupant> T occupant(Class<T> type) {
        return type.cast(occupant);
    }

    Lease lease() {
        return lease;
    }

    Occupant occupant() {
        return occupant;
    }

    /** Takes a reference; false if the session has ended. */
    public boolean acquire() {
        return lease.acquire();
    }

    /** Gives a reference back. */
    public void release() {
        lease.release();
    }

    /** How many calls and messages are at work in it. */
    public int references() {
        return lease.references();
    }

    /** Why it ended; null while it lives. */
    public @Nullable EndReason endReason() {
        return lease.endReason();
    }

    /** The label; never the id. */
    @Override
    public String toString() {
        return label();
    }
}
