package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.lease.EndReason;
import dev.mooring.lease.Holding;
import dev.mooring.lease.Lease;
import dev.mooring.model.Change;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.Exchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code subscriptions/listen} request from its acknowledgement to its one end: taken back by its client, or ended by the
 * server, which says so. A lease; its end is the end of the request. Thread-safe.
 */
final class Subscription implements Holding, Cancellable, Recipient.Line {
    private final RequestId id;
    private final Dialect.Modern dialect;
    private final Exchange exchange;
    private final @Nullable Channel channel;
    private final Subscriptions all;
    private final String owner;
    private final Lease lease;
    private final Recipient recipient = new Recipient(this);
    private volatile NoticeFilter filter = NoticeFilter.NOTHING; // set once, by agree
    private volatile @Nullable Thread agreeing; // set once, before it starts

    /** Takes out the lease; nothing is said yet. */
    Subscription(RequestId id, Dialect.Modern dialect, Exchange exchange, @Nullable Channel channel, Subscriptions all,
            String owner, Function<Holding, Lease> leasing) {
        this.id = id;
        this.dialect = dialect;
        this.exchange = exchange;
        this.channel = channel;
        this.all = all;
        this.owner = owner;
        this.lease = leasing.apply(this);
    }

    @Override
    public RequestId id() {
        return id;
    }

    Lease lease() {
        return lease;
    }

    NoticeFilter filter() {
        return filter;
    }

    Recipient recipient() {
        return recipient;
    }

    /** By what those of its owner are counted. */
    String owner() {
        return owner;
    }

    /** Whether its client can take it back by its id, which nobody else may use then; false if the id is in use. */
    boolean enter() {
        if (channel != null) {
            return channel.scope().add(this);
        }
        exchange.onEnd(end -> { // the response is the request's only tie to its client: closing it cancels
            if (end != End.DONE) {
                cancel();
            }
        });
        return true;
    }

    /** Where it is found out what it will tell of; interrupted if it ends before that. */
    void agreesOn(Thread thread) {
        agreeing = thread;
    }

    /** What it will tell of; said by {@link #acknowledge}. */
    void agree(NoticeFilter agreed) {
        filter = agreed;
    }

    /** Says what it will tell of, and begins to; what has changed since it was agreed is told after that. */
    void acknowledge() {
        ObjectNode params = Notices.named(Json.object(), id);
        params.set("notifications", filter.tree());
        exchange.send(new Message.Notification("notifications/subscriptions/acknowledged", params));
        recipient.open();
    }

    @Override
    public void cancel() {
        all.close(this, orphaned() || channel == null ? EndReason.TRANSPORT_CLOSED : EndReason.CLIENT_REQUEST);
    }

    /** Whether its channel has ended, so that nobody is left to hear of anything. */
    boolean orphaned() {
        return channel != null && channel.scope().closed();
    }

    @Override
    public Delivery say(Change change) {
        return exchange.send(Notices.of(change, id));
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        exchange.awaitWritable();
    }

    @Override
    public void leaving(Lease ended, EndReason reason) {
        recipient.close(); // whoever is speaking is heard out first, and nobody speaks after
        all.left(this);
        if (channel != null) {
            channel.scope().remove(this);
        }
        switch (reason) {
            case CLIENT_REQUEST, TRANSPORT_CLOSED -> exchange.answer(Answer.silent());
            case PROTOCOL_VIOLATION -> exchange.answer(Answer.of(new Message.Failure(id, Errors.idInUse(id))));
            default -> sayGoodbye(reason);
        }
    }

    /** The result first: a client that is told of the cancellation first takes the end for a failure. */
    private void sayGoodbye(EndReason reason) {
        exchange.answer(Answer.of(dialect.result(id, Notices.named(Json.object(), id))));
        if (channel != null) {
            ObjectNode params = Notices.named(Json.object().put("reason", reason.text()), id);
            params.set("requestId", id.tree());
            channel.outlet().send(new Message.Notification("notifications/cancelled", params));
        }
    }

    /** All was said when it left. */
    @Override
    public void ended(Lease ended, EndReason reason) {
        Thread asking = agreeing;
        if (asking != null) {
            asking.interrupt();
        }
    }

    @Override
    public long lastProof(long atLeast) {
        return Heartbeat.lastSign(exchange, atLeast);
    }
}
