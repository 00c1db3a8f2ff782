package dev.mooring.protocol;

import dev.mooring.auth.Principal;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
import dev.mooring.lease.Terms;
import dev.mooring.session.SessionManager;
import dev.mooring.time.Time;
import dev.mooring.transport.Outlet;
import dev.mooring.transport.Peer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared channels of a server (stdio, WebSocket, in-process) on which no session lives: leases that end with their
 * channel, or when {@code initialize} makes a session of them. They never expire. Thread-safe.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.session");

    private final SessionManager sessions;
    private final Leases leases;
    private final Time time;
    private final Set<Lease> held = ConcurrentHashMap.newKeySet();
    private final AtomicLong opened = new AtomicLong();

    public Connections(SessionManager sessions, Leases leases, Time time) {
        this.sessions = sessions;
        this.leases = leases;
        this.time = time;
    }

    /** The leases of those that are open; a snapshot. */
    public Collection<Lease> leases() {
        return List.copyOf(held);
    }

    /** Ends those of a principal, and returns how many. Sessions are not among them. */
    public int closeAll(Principal owner, EndReason reason) {
        return (int) held.stream()
                .filter(lease -> lease.owner().sameOwner(owner))
                .filter(lease -> close(lease, reason))
                .count();
    }

    Channel open(Peer peer, Outlet outlet) {
        return new Channel(this, sessions, peer, outlet);
    }

    /** The lease of a channel that came up. */
    Lease lease(Peer peer, Channel channel) {
        String label = "connection-" + opened.incrementAndGet() + "-" + time.now().toEpochMilli();
        Terms terms = new Terms(LeaseKind.CONNECTION, peer.principal(), label, Duration.ZERO, Duration.ZERO);
        Lease lease = leases.open(terms, channel);
        held.add(lease);
        LOG.debug("MCP connection opened: {} transport={} address={}", label, peer.transport(), peer.address());
        return lease;
    }

    /** Ends a connection; false if it had ended already. */
    boolean close(Lease lease, EndReason reason) {
        return leases.close(lease, reason);
    }

    void left(Lease lease, EndReason reason) {
        held.remove(lease);
        LOG.debug("MCP connection closed: {} reason={}", lease.label(), reason.text());
    }
}
