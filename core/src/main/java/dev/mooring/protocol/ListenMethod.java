package dev.mooring.protocol;

import dev.mooring.feature.Context;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Inbound;

/** {@code subscriptions/listen}: opens a stream that tells of what its client asks for and may know of. Thread-safe. */
final class ListenMethod {
    private final Subscriptions subscriptions;
    private final FeatureMethods features;
    private final HandleTable handles;

    ListenMethod(Subscriptions subscriptions, FeatureMethods features, HandleTable handles) {
        this.subscriptions = subscriptions;
        this.features = features;
        this.handles = handles;
    }

    /** Opens a stream, or answers why not. */
    void serve(Era.Modern modern, Dialect.Modern dialect, Caller caller, Inbound inbound, Exchange exchange) {
        Message.Request request = modern.request();
        if (!exchange.streams()) {
            RpcError single = RpcError
                    .invalidRequest("Invalid Request: subscriptions/listen is answered with a stream of events");
            exchange.answer(Answer.refused(Answer.Cause.NOT_ACCEPTABLE, new Message.Failure(request.id(), single)));
            return;
        }
        try {
            NoticeFilter asked = NoticeFilter.read(Params.of(request), subscriptions.limits());
            Subscription opened = subscriptions.open(request.id(), dialect, inbound, exchange);
            Context context = new CallerContext(caller, handles.of(caller.principal()), modern.meta(),
                    () -> opened.lease().ended());
            begin(opened, asked.only(features.capabilities()::tells), context);
        } catch (RpcException e) {
            exchange.answer(Errors.answer(new Message.Failure(request.id(), e.error())));
        }
    }

    /** Whom a resource is visible to is asked on a thread of its own, which is interrupted if the client leaves. */
    private void begin(Subscription opened, NoticeFilter told, Context caller) {
        if (!told.namesResources()) {
            subscriptions.begin(opened, told);
            return;
        }
        Thread asking = Thread.ofVirtual()
                .name("mooring-listen")
                .unstarted(() -> subscriptions.begin(opened, told.only(change -> features.shows(change, caller))));
        opened.agreesOn(asking);
        asking.start();
        if (opened.lease().ended()) { // perhaps before it was known what to interrupt
            asking.interrupt();
        }
    }
}
