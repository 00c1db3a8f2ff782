package dev.mooring.feature;

/**
 * The work of a feature. Runs on a virtual thread of its own and may block; it is interrupted when the call is cancelled or
 * its time is up. Called concurrently.
 *
 * @param <A> what it is given
 * @param <R> what it comes to
 */
@FunctionalInterface
public interface Handler<A, R> {

    /**
     * Does the work.
     *
     * @throws ToolException to fail with words for the client to read
     * @throws InvalidArgumentsException if what it is given does not fit after all, with words for the client to read
     * @throws ResourceNotFoundException where a resource is read that is not there
     * @throws Exception is logged, and reported to the client without its text
     */
    R call(A arguments, Call call) throws Exception;
}
