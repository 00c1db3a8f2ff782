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

    ListenMethod(Subscriptions subscriptions, FeatureMethods features) {
        this.subscriptions = subscriptions;
        this.features = features;
    }

    /** Opens a stream, or answers why not. Whom a resource is visible to is asked on a thread of its own. */
    void serve(Message.Request request, Dialect.Modern dialect, Context caller, Inbound inbound, Exchange exchange) {
        if (!exchange.streams()) {
            RpcError single = RpcError
                    .invalidRequest("Invalid Request: subscriptions/listen is answered with a stream of events");
            exchange.answer(Answer.refused(Answer.Cause.NOT_ACCEPTABLE, new Message.Failure(request.id(), single)));
            return;
        }
        try {
            NoticeFilter asked = NoticeFilter.read(Params.of(request), subscriptions.limits());
            Subscription opened = subscriptions.open(request.id(), dialect, inbound, exchange);
            if (!asked.namesResources()) {
                begin(opened, asked, caller);
            } else {
                Thread.ofVirtual().name("mooring-listen").start(() -> begin(opened, asked, caller));
            }
        } catch (RpcException e) {
            exchange.answer(Errors.answer(new Message.Failure(request.id(), e.error())));
        }
    }

    private void begin(Subscription opened, NoticeFilter asked, Context caller) {
        subscriptions.begin(opened,
                asked.only(features.capabilities()::tells).only(change -> features.shows(change, caller)));
    }
}
