package dev.mooring.http;

/** What is behind a path. */
@FunctionalInterface
public interface HttpRoute {

    /**
     * Takes a request whose body has arrived in full. Runs on the event loop and must not block; the answer may be given
     * later from any thread. An exception is logged and answered 500.
     */
    void handle(HttpCall call);
}
