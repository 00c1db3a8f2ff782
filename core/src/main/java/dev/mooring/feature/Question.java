package dev.mooring.feature;

import dev.mooring.json.Json;
import dev.mooring.model.ClientCapability;
import dev.mooring.model.Elicited;
import dev.mooring.model.Opened;
import dev.mooring.model.Root;
import dev.mooring.model.SamplingContent;
import dev.mooring.model.SamplingRequest;
import dev.mooring.model.SamplingResult;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a handler asks its client, under a key that the handler chooses; see {@link Call#ask}. Immutable.
 *
 * @param <T> the answer
 */
public sealed interface Question<T> {

    /** Names the question within its call. */
    String key();

    /** What the client must have declared to be asked this. */
    Set<ClientCapability> needs();

    /**
     * Reads what the client answered.
     *
     * @throws IllegalArgumentException if it does not fit what was asked; the message says why
     */
    T read(JsonNode answer);

    /** Asks the user to fill in a form made from a record. */
    static <A extends Record> OfForm<A> form(String key, String message, Class<A> type) {
        return new OfForm<>(key, message, Form.of(type));
    }

    /** Asks the user to fill in a form. */
    static <A> OfForm<A> form(String key, String message, Form<A> form) {
        return new OfForm<>(key, message, form);
    }

    /** Asks the user to do something on a page that the client must not see into; see {@link Call#open}. */
    static OfUrl url(String key, String message, URI url, BooleanSupplier done) {
        return new OfUrl(key, message, url, done);
    }

    /** Asks the client's model. */
    static OfSampling sampling(String key, SamplingRequest request) {
        return new OfSampling(key, request);
    }

    /** Asks for the folders the client works on. */
    static OfRoots roots(String key) {
        return new OfRoots(key);
    }

    /** A form. */
    record OfForm<A>(String key, String message, Form<A> form) implements Question<Elicited<A>> {
        @Override
        public Set<ClientCapability> needs() {
            return Set.of(ClientCapability.ELICITATION_FORM);
        }

        @Override
        public Elicited<A> read(JsonNode answer) {
            return switch (action(answer)) {
                case "accept" -> new Elicited.Accepted<>(
                        form.read(answer.get("content") instanceof ObjectNode content ? content : Json.object()));
                case "decline" -> new Elicited.Declined<>();
                case "cancel" -> new Elicited.Cancelled<>();
                default -> throw unknownAction(answer);
            };
        }
    }

    /** A page. */
    record OfUrl(String key, String message, URI url, BooleanSupplier done) implements Question<Opened> {
        public OfUrl {
            if (!url.isAbsolute()) {
                throw new IllegalArgumentException("url: " + url + " (expected: an absolute one)");
            }
        }

        @Override
        public Set<ClientCapability> needs() {
            return Set.of(ClientCapability.ELICITATION_URL);
        }

        @Override
        public Opened read(JsonNode answer) {
            return switch (action(answer)) {
                case "accept" -> Opened.DONE;
                case "decline" -> Opened.DECLINED;
                case "cancel" -> Opened.CANCELLED;
                default -> throw unknownAction(answer);
            };
        }
    }

    /** A conversation with the client's model. */
    record OfSampling(String key, SamplingRequest request) implements Question<SamplingResult> {
        @Override
        public Set<ClientCapability> needs() {
            return Set.of(usesTools() ? ClientCapability.SAMPLING_TOOLS : ClientCapability.SAMPLING);
        }

        private boolean usesTools() {
            return !request.tools().isEmpty() || request.toolChoice() != null
                    || request.messages()
                            .stream()
                            .flatMap(message -> message.content().stream())
                            .anyMatch(SamplingContent.ToolUse.class::isInstance);
        }

        @Override
        public SamplingResult read(JsonNode answer) {
            return read(answer, SamplingResult.class);
        }

        private static <T> T read(JsonNode answer, Class<T> type) {
            try {
                return Json.mapper().treeToValue(answer, type);
            } catch (JacksonException e) {
                throw new IllegalArgumentException(e.getOriginalMessage(), e);
            }
        }
    }

    /** The folders of the client. */
    record OfRoots(String key) implements Question<List<Root>> {
        @Override
        public Set<ClientCapability> needs() {
            return Set.of(ClientCapability.ROOTS);
        }

        @Override
        public List<Root> read(JsonNode answer) {
            if (!answer.path("roots").isArray()) {
                throw new IllegalArgumentException("roots: missing");
            }
            List<Root> roots = new ArrayList<>();
            for (JsonNode root : answer.path("roots")) {
                roots.add(OfSampling.read(root, Root.class));
            }
            return List.copyOf(roots);
        }
    }

    private static String action(JsonNode answer) {
        return answer.path("action").stringValue("");
    }

    private static IllegalArgumentException unknownAction(JsonNode answer) {
        return new IllegalArgumentException(
                "action: " + answer.path("action") + " (expected: accept, decline or cancel)");
    }
}
