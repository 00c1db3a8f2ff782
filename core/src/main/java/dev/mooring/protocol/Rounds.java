package dev.mooring.protocol;

import dev.mooring.feature.Question;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How one call's rounds of questions are held, in either era. Used by one thread at a time. */
sealed interface Rounds permits LegacyRounds, ModernRounds {

    /**
     * Asks, and waits until all is answered.
     *
     * @param state what the call remembers from round to round
     * @return the answers as they came, by key
     * @throws Unwinding where the call ends with its questions
     */
    Map<String, JsonNode> ask(List<Question<?>> questions, String state) throws InterruptedException;

    /** Waits until what the user went to do on a page is done; false if that should be asked again. */
    boolean awaitDone(Question.OfUrl question) throws InterruptedException;

    /** What was to be done on a page is done; its client is told, if it was asked. */
    void tellDone(Question.OfUrl question) throws InterruptedException;

    /**
     * Makes sure that the request is the first with its state.
     *
     * @throws Unwinding if it is not
     */
    void singleUse();

    /** Tells the client that what it was asked does not matter any more. Any thread. */
    void withdraw();
}
