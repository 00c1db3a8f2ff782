package dev.mooring.feature;

import dev.mooring.model.Elicited;
import dev.mooring.model.LogLevel;
import dev.mooring.model.Opened;
import dev.mooring.model.Root;
import dev.mooring.model.SamplingRequest;
import dev.mooring.model.SamplingResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * One invocation in progress, as its handler sees it. Valid until the handler returns; after that, and after the call was
 * cancelled, what it says is dropped. Thread-safe.
 *
 * <p>A handler may ask its client, in straight lines. A legacy client is asked while the handler waits. A modern client gets
 * the questions as the answer to its request and sends it again with what came of them; then the handler <em>runs again from
 * the top</em>, and what was answered returns at once. So whatever a handler does before its last question may happen more
 * than once, unless it is done in {@link #once}. In both eras:
 * <ul>
 * <li>a key names one question of the call: the same again has the same answer, another is an {@link IllegalStateException};
 * <li>an answer that does not fit its question is not seen: the question is asked again;
 * <li>after 16 rounds, or with more to remember than 32 KiB, the call fails with a {@link ToolException};
 * <li>what leaves an asking method may be an {@link Error} that ends this run of the handler; let it pass.
 * </ul>
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi Round-Trip Requests</a>
 */
public interface Call extends Context {

    /**
     * Tells the client how far the work has come, if it asked to be told. Blocks while the client does not read.
     *
     * @param done grows with every report; a report that does not is dropped
     * @param total what {@code done} will be at the end; 0 if unknown
     * @param message what is being done, since 2025-03-26; may be empty
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/progress">Progress</a>
     */
    void progress(double done, double total, String message) throws InterruptedException;

    /** Progress without words. */
    default void progress(double done, double total) throws InterruptedException {
        progress(done, total, "");
    }

    /**
     * Sends a log message to the client, if it asked for this level. Blocks while the client does not read.
     *
     * @param logger where it comes from; may be empty
     * @param data anything that can be written as JSON
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/logging">Logging</a>,
     *     deprecated by the specification since 2026-07-28
     */
    void log(LogLevel level, String logger, Object data) throws InterruptedException;

    /**
     * Closes the connection this call streams on, so that a long wait does not hold one; its client comes back after that
     * time and misses nothing. Only clients of 2025-11-25 over HTTP can do that; for all others this does nothing.
     *
     * @param retry how long the client should wait; not negative
     * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server">
     *     Sending Messages to the Server</a>
     */
    void pause(Duration retry);

    /**
     * Asks several questions in one round, and waits for all answers.
     *
     * @throws MissingCapabilityException if the client cannot be asked that
     * @throws ToolException if it answers with an error or not in time
     */
    Answers ask(Question<?>... questions) throws InterruptedException;

    /**
     * Asks the user to fill in a form; never for secrets, which belong on a page the client does not see into.
     *
     * @param message why, for the user to read
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation">Elicitation</a>
     */
    default <A extends Record> Elicited<A> elicit(String key, String message, Class<A> form)
            throws InterruptedException {
        return elicit(key, message, Form.of(form));
    }

    /** The same with a form made before. */
    default <A> Elicited<A> elicit(String key, String message, Form<A> form) throws InterruptedException {
        Question<Elicited<A>> question = Question.form(key, message, form);
        return ask(question).to(question);
    }

    /**
     * Has the user do something on a page, unless it is done already. Who opens that page must be proven there.
     *
     * @param message why, for the user to read
     * @param url the same in every run of the handler; {@link #key} can be part of it
     * @param done whether it is done; asked about every second while the user is expected to be at it, from the handler's
     *     thread
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#url-mode-elicitation-requests">
     *     URL Mode Elicitation Requests</a>
     */
    default Opened open(String key, String message, URI url, BooleanSupplier done) throws InterruptedException {
        Question<Opened> question = Question.url(key, message, url, done);
        return ask(question).to(question);
    }

    /**
     * Asks the client's model.
     *
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling">Sampling</a>, deprecated by the
     *     specification since 2026-07-28
     */
    default SamplingResult sample(String key, SamplingRequest request) throws InterruptedException {
        Question<SamplingResult> question = Question.sampling(key, request);
        return ask(question).to(question);
    }

    /**
     * Asks for the folders the client works on.
     *
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/roots">Roots</a>, deprecated by the
     *     specification since 2026-07-28
     */
    default List<Root> roots(String key) throws InterruptedException {
        Question<List<Root>> question = Question.roots(key);
        return ask(question).to(question);
    }

    /**
     * Does something that must not be repeated when the handler runs again: its result travels with the questions that come
     * after it. That is not exactly once: if the answer to a question is lost and sent again, or nothing was asked after, it
     * is done again. Give {@link #key} to whatever is called, so that it can tell.
     *
     * @param key among the keys of questions
     * @param type how the result is read back from JSON
     * @return the result as it is read back, the first time too
     */
    <T> T once(String key, Class<T> type, Callable<T> work) throws Exception;

    /** A name for this call that no other has, the same in every run of its handler. */
    String key();

    /**
     * Refuses the request if its {@code requestState} was used before, which this server remembers until it expires: a call
     * that is sent twice goes on once. Not needed for {@link #once}, nor where {@link #key} makes repetitions harmless. Legacy
     * clients have no such state.
     */
    void singleUse();

    /**
     * Says that what is read from a resource has changed, perhaps because of this call; see
     * {@link Catalog#resourceUpdated}. It is told to all who subscribed, also after this call has ended.
     */
    void resourceUpdated(String uri);
}
