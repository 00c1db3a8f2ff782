package dev.mooring.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request and the way back to who sent it. Thread-safe. It is answered exactly once, by {@link #answer} or
 * {@link #stream}; until then later requests of the same connection wait.
 */
public interface HttpCall {

    String method();

    /** The path as it was sent, not decoded, without the query. */
    String path();

    /** What follows the first question mark of the target, not decoded. */
    @Nullable
    String query();

    HttpFields fields();

    /** The body; empty if there was none. The array is the call's own and is not copied. */
    byte[] body();

    InetSocketAddress remote();

    /** The IP address of the peer as text. */
    String remoteAddress();

    InetSocketAddress local();

    /**
     * Answers and ends the exchange.
     *
     * @return false if the peer has already gone, and the answer with it
     * @throws IllegalStateException if the call was answered before
     */
    boolean answer(HttpAnswer answer);

    /**
     * Sends the head of an answer whose body follows piece by piece. The body of {@code head} must be empty. If the peer
     * has already gone, the stream has ended.
     *
     * @throws IllegalStateException if the call was answered before
     */
    HttpStream stream(HttpAnswer head);

    /**
     * Registers what to do if the connection closes before the answer, or the stream, was complete. Runs once, on the
     * event loop, or at once on this thread if that has already happened; must not block. A peer that only closes its
     * sending side has gone, too.
     */
    void onAbort(Runnable listener);
}
