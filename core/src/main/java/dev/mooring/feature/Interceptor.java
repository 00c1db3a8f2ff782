package dev.mooring.feature;

/**
 * Stands around every request that a server serves, in both eras: the place for authorization, limits, metrics and tracing.
 * It sees what is asked and by whom, and what came of it; it may refuse, before or after, but not put another result in the
 * place of the one there is.
 *
 * <p>It runs on the virtual thread of its call, around the handler, and may block: what it binds to the thread is there for
 * the handler, and the time limit of a call holds for both. When the call is cancelled or its time is up, the thread is
 * interrupted. Called concurrently.
 *
 * <p>Not seen are notifications, responses, a {@code ping} before {@code initialize}, and what the server refuses before it
 * knows what is asked, or because it runs too many calls already.
 */
@FunctionalInterface
public interface Interceptor {

    /**
     * Lets a request through or refuses it.
     *
     * @return what {@code next} returned, or a {@link Outcome.Failed} to answer with instead. Once the call was cancelled or
     *     timed out nobody waits for it, and it is dropped.
     * @throws Exception to be logged, and answered with an internal error that tells none of it
     */
    Outcome around(Request request, Next next) throws Exception;

    /** What stands further inside: the interceptors that were added later, and then the work itself. */
    @FunctionalInterface
    interface Next {

        /**
         * Goes on, on this thread, and returns when all of that is done; it fails by its outcome, not by an exception.
         *
         * @throws IllegalStateException if it was called before
         */
        Outcome proceed();
    }
}
