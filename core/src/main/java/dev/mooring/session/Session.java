package dev.mooring.session;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Holding;
import dev.mooring.lease.Lease;
import dev.mooring.lease.Leases;
import dev.mooring.lease.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One legacy client's session: a lease with an id. Acquire it for as long as something is done for its client, so that it
 * does not expire meanwhile. Looking at it does not count as use. Thread-safe.
 */
public final class Session {
    private static final int METADATA_ENTRIES = 64;
    private static final int METADATA_LENGTH = 8_192;

    private final String id;
    private final SessionOrder order;
    private final String transport;
    private final String owningKey;
    private final String address;
    private final Duration agedBefore;
    private final boolean expires;
    private final SessionManager manager;
    private final Lease lease;
    private final Occupant occupant;
    private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.CREATED);
    private volatile SessionClient client = SessionClient.UNKNOWN;
    private volatile boolean authenticated;
    private volatile boolean wasReady;
    private volatile @Nullable Map<String, String> metadata; // made with the first entry, under this object's monitor

    /**
     * Makes a session; its lease begins now, and is to be watched once the session can be found.
     *
     * @param agedBefore how old it is already
     */
    Session(SessionManager manager, Leases leases, Terms terms, Opening opening, String id, SessionOrder order,
            Duration agedBefore) {
        this.manager = manager;
        this.id = id;
        this.order = order;
        this.transport = opening.transport();
        this.owningKey = opening.owningKey();
        this.address = opening.address();
        this.agedBefore = agedBefore;
        this.expires = opening.expires();
        this.occupant = opening.occupant();
        this.lease = leases.prepare(terms, new Hold());
    }

    /** What the lease is held on. */
    private final class Hold implements Holding {
        @Override
        public void leaving(Lease ended, EndReason reason) {
            manager.leaving(Session.this, reason);
        }

        @Override
        public void ended(Lease ended, EndReason reason) {
            manager.ended(Session.this, reason);
        }

        @Override
        public long lastProof(long atLeast) {
            return occupant.lastProof(atLeast);
        }
    }

    /** The secret that names the session on the wire. Never logged; see {@link #label}. */
    public String id() {
        return id;
    }

    /** The public name, {@code session-<n>-<epochMillis>}. */
    public String label() {
        return lease.label();
    }

    /** The {@code n} of its label: sessions are counted in the order in which they are opened. */
    public long number() {
        return order.number();
    }

    SessionOrder order() {
        return order;
    }

    /** The binding it was opened on. */
    public String transport() {
        return transport;
    }

    public Principal owner() {
        return lease.owner();
    }

    String owningKey() {
        return owningKey;
    }

    public Instant created() {
        return Instant.ofEpochMilli(order.millis());
    }

    public SessionState state() {
        return state.get();
    }

    /** Moves on; false if it is not in that state any more. Under its monitor. */
    boolean move(SessionState from, SessionState to) {
        boolean moved = state.compareAndSet(from, to);
        wasReady |= moved && to == SessionState.READY;
        return moved;
    }

    /** Why it ended, if that ended its lease: one that never got into use has only its time to initialize. */
    EndReason reason(EndReason ended) {
        return ended == EndReason.IDLE && !wasReady ? EndReason.NOT_INITIALIZED : ended;
    }

    /** Whether it ends when idle; one that lives in a connection ends with that. */
    boolean expires() {
        return expires;
    }

    /** Its client, as far as it has told. */
    public SessionClient client() {
        return client;
    }

    void client(SessionClient told) {
        client = told;
    }

    /** Whether it belongs to somebody who proved who they are. */
    public boolean authenticated() {
        return authenticated;
    }

    /** True for the first caller. */
    synchronized boolean markAuthenticated() {
        boolean first = !authenticated;
        authenticated = true;
        return first;
    }

    /** What was noted of it under that key. */
    public Optional<String> metadata(String key) {
        Map<String, String> entries = metadata;
        return Optional.ofNullable(entries == null ? null : entries.get(key));
    }

    /**
     * Notes something of it, for as long as it lives.
     *
     * @throws IllegalArgumentException if the key or the value is longer than 8192 characters
     * @throws IllegalStateException if there are 64 entries already
     */
    public void metadata(String key, String value) {
        note(key, value);
        manager.changed(this);
    }

    private synchronized void note(String key, String value) {
        if (key.length() > METADATA_LENGTH || value.length() > METADATA_LENGTH) {
            throw new IllegalArgumentException("metadata: " + Math.max(key.length(), value.length())
                    + " characters (expected: at most " + METADATA_LENGTH + ")");
        }
        Map<String, String> entries = metadata == null ? new ConcurrentHashMap<>() : metadata;
        if (entries.size() >= METADATA_ENTRIES && !entries.containsKey(key)) {
            throw new IllegalStateException(
                    "metadata of " + label() + ": " + METADATA_ENTRIES + " entries (no more fit)");
        }
        entries.put(key, value);
        metadata = entries;
    }

    /** All that was noted of it; a snapshot. */
    public Map<String, String> metadata() {
        Map<String, String> entries = metadata;
        return entries == null ? Map.of() : Map.copyOf(entries);
    }

    /** Takes over what was kept of it, before anybody can find it. */
    void restore(StoredSession stored) {
        client = stored.client();
        authenticated = stored.authenticated();
        stored.metadata().forEach(this::note);
    }

    /** What is to be kept of it; nothing if it has ended for good. */
    Optional<StoredSession> stored(String key) {
        EndReason ended = lease.ended() ? lease.endReason() : null;
        if (lease.ended() && ended != EndReason.SHUTDOWN) {
            return Optional.empty();
        }
        Instant lastActive = manager.now().minus(inactive());
        return Optional.of(new StoredSession(key, number(), owner(), transport, address, created(), lastActive,
                wasReady, authenticated, client, metadata(), occupant.kept()));
    }

    /** What lives here, as the type it was made with. */
    public <T extends Occupant> T occupant(Class<T> type) {
        return type.cast(occupant);
    }

    Occupant occupant() {
        return occupant;
    }

    Lease lease() {
        return lease;
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

    /** How many calls and messages it was used for. */
    public long uses() {
        return lease.uses();
    }

    /** How long it has been idle; zero while anything is at work in it. */
    public Duration inactive() {
        return lease.inactive();
    }

    public Duration age() {
        return agedBefore.plus(lease.age());
    }

    /** Why it ended; null while it lives. */
    public @Nullable EndReason endReason() {
        EndReason ended = lease.endReason();
        return ended == null ? null : reason(ended);
    }

    @Override
    public String toString() {
        return label();
    }
}
