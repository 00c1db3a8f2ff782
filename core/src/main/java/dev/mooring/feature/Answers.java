package dev.mooring.feature;

import java.util.Map;

/** What came of the questions of one round. Immutable. */
public final class Answers {
    private final Map<Question<?>, Object> byQuestion;

    /** Each question with what its {@link Question#read} returned. */
    public Answers(Map<Question<?>, Object> byQuestion) {
        this.byQuestion = Map.copyOf(byQuestion);
    }

    /**
     * The answer to a question.
     *
     * @throws IllegalArgumentException if it was not one of those that were asked
     */
    @SuppressWarnings("unchecked") // what a question reads is its answer
    public <T> T to(Question<T> question) {
        Object answer = byQuestion.get(question);
        if (answer == null) {
            throw new IllegalArgumentException("question: " + question.key() + " (expected: one that was asked)");
        }
        return (T) answer;
    }
}
