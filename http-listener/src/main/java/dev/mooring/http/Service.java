package dev.mooring.http;

import dev.mooring.time.Time;
import dev.mooring.transport.InFlight;
import java.util.Map;

/** What all connections of a listener share. */
record Service(
        HttpLimits limits,
        Map<String, HttpRoute> routes,
        InFlight exchanges,
        Incoming incoming,
        HeadWriter heads,
        HeaderRules rules,
        Refusals refusals,
        Time time) {

    /** The route that is behind no path. */
    static final HttpRoute UNKNOWN = call -> call.answer(Refusals.UNKNOWN_PATH);

    static Service of(HttpLimits limits, Map<String, HttpRoute> routes, Time time) {
        Refusals refusals = new Refusals(limits);
        return new Service(limits, routes, new InFlight(),
                new Incoming(Math.max(limits.incomingBytes(), limits.request().bodyBytes())),
                new HeadWriter(new DateField(time)), new HeaderRules(limits.request().bodyBytes(), refusals), refusals,
                time);
    }

    /** The route of a request; one that answers 404 if there is none at its path. */
    HttpRoute route(DecodedRequest request) {
        if (request.target().path().equals("*")) {
            return Service::describe;
        }
        HttpRoute route = routes.get(request.target().path());
        return route == null ? UNKNOWN : route;
    }

    private static void describe(HttpCall call) {
        call.answer(call.method().equals("OPTIONS") ? HttpAnswer.of(204) : Refusals.ASTERISK);
    }
}
