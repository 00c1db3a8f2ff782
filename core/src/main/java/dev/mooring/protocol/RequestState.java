package dev.mooring.protocol;

import dev.mooring.json.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call carries from one round to the next, in the {@code requestState} of modern clients.
 *
 * @param key the call's own
 * @param round how often it has asked
 * @param asked the keys that are open, with what they stand for
 * @param answers what was answered before, by key
 * @param results what was done once, by key
 */
record RequestState(
        String key,
        int round,
        Map<String, String> asked,
        Map<String, Answered> answers,
        Map<String, JsonNode> results) {

    /** An answer, and the question it was given to. */
    record Answered(String question, JsonNode answer) {}

    RequestState {
        asked = Map.copyOf(asked);
        answers = Map.copyOf(answers);
        results = Map.copyOf(results);
    }

    /** As text. */
    String text() {
        ObjectNode tree = Json.object().put("key", key).put("round", round);
        ObjectNode open = tree.putObject("asked");
        asked.forEach(open::put);
        ObjectNode given = tree.putObject("answers");
        answers.forEach((name, answer) -> given.putArray(name).add(answer.question()).add(answer.answer()));
        ObjectNode done = tree.putObject("results");
        results.forEach(done::set);
        return tree.toString();
    }

    /** Reads what {@link #text} wrote; nobody else could have written it. */
    static RequestState of(String text) {
        JsonNode tree = Json.mapper().readTree(text);
        Map<String, String> asked = new HashMap<>();
        tree.path("asked").forEachEntry((name, question) -> asked.put(name, question.stringValue()));
        Map<String, Answered> answers = new HashMap<>();
        tree.path("answers")
                .forEachEntry((name, answer) -> answers.put(name,
                        new Answered(answer.path(0).stringValue(), answer.path(1))));
        Map<String, JsonNode> results = new HashMap<>();
        tree.path("results").forEachEntry(results::put);
        return new RequestState(tree.path("key").stringValue(), tree.path("round").intValue(), asked, answers, results);
    }
}
