package dev.mooring.client;

/**
 * Answers one kind of question of a server. Runs on a thread that may block, and is interrupted when the answer does not
 * matter any more.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
@FunctionalInterface
public interface Responder<Q, A> {

    /**
     * Answers.
     *
     * @throws Exception if there is no answer: a legacy server is told that it failed, a call in a modern revision ends with it
     */
    A answer(Q question) throws Exception;
}
