package dev.mooring.protocol;

import dev.mooring.auth.Claimant;
import dev.mooring.auth.Principal;
import dev.mooring.feature.Catalog;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Lease;
import dev.mooring.lease.LeaseKind;
import dev.mooring.lease.Leases;
import dev.mooring.lease.Quota;
import dev.mooring.lease.Terms;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcException;
import dev.mooring.session.SessionManager;
import dev.mooring.time.Time;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Peer;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a server want to be told of: all {@code subscriptions/listen} streams, within limits, and the way
 * changes of the catalog take to them and to legacy sessions. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
 */
public final class Subscriptions {
    private final SubscriptionLimits limits;
    private final Leases leases;
    private final Time time;
    private final Publisher publisher;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final Quota quota = new Quota();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    public Subscriptions(SubscriptionLimits limits, Catalog catalog, SessionManager sessions, Leases leases,
            Time time) {
        this.limits = limits;
        this.leases = leases;
        this.time = time;
        this.publisher = new Publisher(new Capabilities(catalog), sessions, time);
        catalog.listen(publisher::publish);
    }

    /** The leases of the streams that are open; a snapshot. */
    public Collection<Lease> leases() {
        return open.stream().map(Subscription::lease).toList();
    }

    /** How many streams are open. */
    public int size() {
        return open.size();
    }

    /** Ends the streams of a principal, and returns how many; their clients are told. */
    public int closeAll(Principal owner, EndReason reason) {
        return (int) open.stream()
                .filter(subscription -> subscription.lease().owner().sameOwner(owner))
                .filter(subscription -> close(subscription, reason))
                .count();
    }

    Publisher publisher() {
        return publisher;
    }

    SubscriptionLimits limits() {
        return limits;
    }

    /**
     * Takes in a {@code subscriptions/listen}, which is told nothing yet; see {@link #begin}.
     *
     * @throws RpcException if there are too many
     */
    Subscription open(RequestId id, Dialect.Modern dialect, Inbound inbound, Exchange exchange) {
        @Nullable
        Channel channel = inbound.link() instanceof Channel shared ? shared : null;
        Claimant owner = new Claimant(inbound.peer().principal(), inbound.peer().address());
        reserve(owner, channel);
        Subscription made = new Subscription(id, dialect, exchange, channel, this, owner.key(),
                holding -> leases.open(terms(inbound.peer()), holding));
        if (made.enter()) {
            open.add(made);
            endIfTooLate(made);
        } else {
            close(made, EndReason.PROTOCOL_VIOLATION);
        }
        return made;
    }

    /** Counts one more for its owner, unless something stands against it. */
    private void reserve(Claimant owner, @Nullable Channel channel) {
        if (channel != null && channel.scope().subscriptions() >= limits.perConnection()) {
            throw full(limits.perConnection() + " subscriptions on one connection");
        }
        if (open.size() >= limits.total()) {
            throw full(limits.total() + " subscriptions (MCP_MAX_SUBSCRIPTIONS)");
        }
        int most = owner.unlimited() ? Integer.MAX_VALUE : limits.perOwner();
        if (!quota.take(owner.key(), most)) {
            throw full(most + " subscriptions of one owner (MCP_MAX_SUBSCRIPTIONS_PER_PRINCIPAL)");
        }
    }

    private static RpcException full(String limit) {
        return new RpcException(Errors.overloaded(limit));
    }

    private Terms terms(Peer peer) {
        String label = "subscription-" + opened.incrementAndGet() + "-" + time.now().toEpochMilli();
        return new Terms(LeaseKind.STREAM, peer.principal(), label, Duration.ZERO, Duration.ZERO);
    }

    /** From now on it is told of this, after its acknowledgement. */
    void begin(Subscription made, NoticeFilter agreed) {
        made.agree(agreed);
        agreed.changes().forEach(change -> publisher.add(change, made.recipient()));
        made.acknowledge();
        endIfTooLate(made);
    }

    /** What may have ended it before it could be found, and what it left then. */
    private void endIfTooLate(Subscription made) {
        if (closed) {
            close(made, EndReason.SHUTDOWN);
        } else if (made.orphaned()) {
            made.cancel();
        }
        if (made.lease().ended()) {
            forget(made);
        }
    }

    boolean close(Subscription subscription, EndReason reason) {
        return leases.close(subscription.lease(), reason);
    }

    /** Its lease has ended; called once for each. */
    void left(Subscription subscription) {
        forget(subscription);
        quota.free(subscription.owner());
    }

    private void forget(Subscription subscription) {
        open.remove(subscription);
        subscription.filter().changes().forEach(change -> publisher.remove(change, subscription.recipient()));
    }

    /** Ends all streams, and each that is still to come; their clients are told. */
    void close() {
        closed = true;
        open.forEach(subscription -> close(subscription, EndReason.SHUTDOWN));
    }
}
