package dev.mooring.protocol;

import dev.mooring.feature.Answers;
import dev.mooring.feature.Client;
import dev.mooring.feature.MissingCapabilityException;
import dev.mooring.feature.Question;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.ClientCapability;
import dev.mooring.model.Opened;
import dev.mooring.model.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What one call asks its client, and what came of it: the rules that hold in both eras. Thread-safe; one asks after the
 * other.
 */
final class Questions {
    private static final int MOST_ROUNDS = 16;
    private static final String ONCE = "once";
    private static final QuestionWriter FULL = new QuestionWriter(Revision.NEWEST);

    private final Rounds rounds;
    private final Client client;
    private final String key;
    private final Map<String, String> before; // what the keys of the round before stood for
    private final ReentrantLock asking = new ReentrantLock(); // held while a question waits, so that others wait as well
    private final Map<String, String> known = new HashMap<>(); // under asking: what each key of this run stands for
    private final Map<String, RequestState.Answered> answers; // under asking
    private final Map<String, JsonNode> results; // under asking
    private final Map<String, JsonNode> arrived; // under asking: answers nobody has looked at
    private final Set<String> unheard = new HashSet<>(); // under asking: keys that were answered before this run
    private int round; // under asking
    private volatile boolean muted; // written under asking
    private volatile @Nullable Unwinding over; // written under asking, once

    /**
     * Makes what a call can ask.
     *
     * @param state what it remembers from the rounds before
     * @param arrived what its client answered since, by key
     */
    Questions(Rounds rounds, Client client, RequestState state, Map<String, JsonNode> arrived) {
        this.rounds = rounds;
        this.client = client;
        this.key = state.key();
        this.before = state.asked();
        this.answers = new HashMap<>(state.answers());
        this.results = new HashMap<>(state.results());
        this.arrived = new HashMap<>(arrived);
        this.round = state.round();
        unheard.addAll(answers.keySet());
        arrived.keySet().stream().filter(name -> before.isEmpty() || before.containsKey(name)).forEach(unheard::add);
        muted = !unheard.isEmpty();
    }

    String key() {
        return key;
    }

    /** Whether the handler only repeats what it has said in the rounds before. */
    boolean muted() {
        return muted;
    }

    /** What ended this run of the handler, if one of its questions did. */
    @Nullable
    Unwinding over() {
        return over;
    }

    void withdraw() {
        rounds.withdraw();
    }

    void singleUse() {
        asking.lock();
        try {
            checkGoesOn();
            rounds.singleUse();
        } catch (Unwinding e) {
            throw ended(e);
        } finally {
            asking.unlock();
        }
    }

    Answers ask(Question<?>... questions) throws InterruptedException {
        asking.lockInterruptibly();
        try {
            checkGoesOn();
            for (Question<?> question : questions) {
                claim(question.key(), identity(question));
            }
            Map<Question<?>, Object> found = new LinkedHashMap<>();
            for (List<Question<?>> open = open(questions, found); !open.isEmpty(); open = open(questions, found)) {
                requireCapabilities(open);
                arrived.putAll(rounds.ask(open, nextState(open)));
            }
            return new Answers(found);
        } catch (Unwinding e) {
            throw ended(e);
        } finally {
            asking.unlock();
        }
    }

    private Unwinding ended(Unwinding how) {
        over = how;
        muted = true;
        return how;
    }

    private void checkGoesOn() {
        Unwinding how = over;
        if (how != null) {
            throw how;
        }
    }

    private void claim(String name, String what) {
        String other = known.putIfAbsent(name, what);
        if (other != null && !other.equals(what)) {
            throw new IllegalStateException("key: \"" + name
                    + "\" (expected: a key of its own; this one stands for something else in this call)");
        }
    }

    /** What makes two questions the same. */
    private static String identity(Question<?> question) {
        QuestionWriter.Written written = FULL.write(question, "");
        return new TreeDigest().add(written.method()).add(written.params()).text();
    }

    /** The questions that have no answer yet; the answers of the others are put into {@code found}. */
    private List<Question<?>> open(Question<?>[] questions, Map<Question<?>, Object> found)
            throws InterruptedException {
        List<Question<?>> open = new ArrayList<>();
        for (Question<?> question : questions) {
            Object answer = found.get(question);
            answer = answer == null ? answer(question) : answer;
            if (answer == null) {
                open.add(question);
            } else {
                found.put(question, answer);
            }
        }
        return open.stream().distinct().toList();
    }

    private @Nullable Object answer(Question<?> question) throws InterruptedException {
        String name = question.key();
        String what = Objects.requireNonNull(known.get(name));
        RequestState.Answered recorded = answers.get(name);
        JsonNode fresh = arrived.remove(name);
        heard(name);
        if (recorded != null && recorded.question().equals(what)) {
            return read(question, recorded.answer());
        }
        if (question instanceof Question.OfUrl page && page.done().getAsBoolean()) {
            rounds.tellDone(page);
            return Opened.DONE;
        }
        if (fresh == null || !before.getOrDefault(name, what).equals(what)) {
            return null;
        }
        Object answer = read(question, fresh);
        if (answer == null || (question instanceof Question.OfUrl page && answer == Opened.DONE && !isDone(page))) {
            return null;
        }
        answers.put(name, new RequestState.Answered(what, fresh));
        return answer;
    }

    /** The user agreed to go there; now it remains to be done. */
    private boolean isDone(Question.OfUrl page) throws InterruptedException {
        boolean done = rounds.awaitDone(page);
        if (done) {
            rounds.tellDone(page);
        }
        return done;
    }

    private void heard(String name) {
        if (unheard.remove(name)) {
            muted = !unheard.isEmpty();
        }
    }

    /** The answer; null if it does not fit, as if it had not been given. */
    private static @Nullable Object read(Question<?> question, JsonNode answer) {
        try {
            return question.read(answer);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void requireCapabilities(List<Question<?>> open) {
        List<ClientCapability> missing = open.stream()
                .flatMap(question -> question.needs().stream())
                .filter(capability -> !client.can(capability))
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingCapabilityException(missing);
        }
    }

    /** What is to be remembered while these questions are open. */
    private String nextState(List<Question<?>> open) {
        if (round == MOST_ROUNDS) {
            throw new ToolException("Asked " + MOST_ROUNDS + " times without coming to an end");
        }
        round++;
        Map<String, String> asked = new HashMap<>();
        open.forEach(question -> asked.put(question.key(), Objects.requireNonNull(known.get(question.key()))));
        String state = new RequestState(key, round, asked, answers, results).text();
        if (StateSeal.length(state) > StateSeal.MOST) {
            throw new ToolException("Too much to remember while asking: " + StateSeal.length(state)
                    + " bytes of answers and results (expected: at most " + StateSeal.MOST
                    + "); keep larger ones in a handle");
        }
        return state;
    }

    <T> T once(String name, Class<T> type, Callable<T> work) throws Exception {
        asking.lockInterruptibly();
        try {
            checkGoesOn();
            claim(name, ONCE);
            JsonNode result = results.get(name);
            if (result == null) {
                result = written(name, work.call());
                results.put(name, result);
            }
            return Json.mapper().treeToValue(result, type);
        } finally {
            asking.unlock();
        }
    }

    private static JsonNode written(String name, @Nullable Object result) {
        if (result == null) {
            throw new IllegalStateException("result of \"" + name + "\": null (expected: a value)");
        }
        try {
            return Json.mapper().valueToTree(result);
        } catch (JacksonException e) {
            throw new IllegalStateException("result of \"" + name + "\" cannot be written as JSON", e);
        }
    }
}
