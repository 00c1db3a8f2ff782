package dev.mooring.http;

/** A request whose body is still arriving. */
final class Intake {
    private final DecodedRequest request;
    private final HttpRoute route;
    private final Body body;
    private boolean waiting;

    Intake(DecodedRequest request, HttpRoute route, Body body) {
        this.request = request;
        this.route = route;
        this.body = body;
    }

    DecodedRequest request() {
        return request;
    }

    HttpRoute route() {
        return route;
    }

    Body body() {
        return body;
    }

    /** True the first time: the rest of the body is being waited for from now on. */
    boolean startsWaiting() {
        boolean first = !waiting;
        waiting = true;
        return first;
    }
}
