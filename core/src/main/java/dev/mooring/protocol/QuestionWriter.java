package dev.mooring.protocol;

import dev.mooring.feature.Question;
import dev.mooring.feature.ToolException;
import dev.mooring.json.Json;
import dev.mooring.model.Content;
import dev.mooring.model.Revision;
import dev.mooring.model.SamplingContent;
import dev.mooring.model.SamplingMessage;
import dev.mooring.model.SamplingRequest;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions as a revision can carry them; members it does not know are left out. */
final class QuestionWriter {
    private final Revision revision;
    private final ContentWriter content;

    QuestionWriter(Revision revision) {
        this.revision = revision;
        this.content = new ContentWriter(revision);
    }

    /**
     * A request of the server.
     *
     * @param params empty if it has none
     */
    record Written(String method, ObjectNode params) {}

    /**
     * Writes a question.
     *
     * @param elicitationId names a page until it is done; 2025-11-25 only
     * @throws ToolException if this revision cannot carry it
     */
    Written write(Question<?> question, String elicitationId) {
        return switch (question) {
            case Question.OfForm<?> form -> new Written("elicitation/create", form(form));
            case Question.OfUrl page -> new Written("elicitation/create", page(page, elicitationId));
            case Question.OfSampling sampling -> new Written("sampling/createMessage", sampling(sampling.request()));
            case Question.OfRoots roots -> new Written("roots/list", Json.object());
        };
    }

    private ObjectNode form(Question.OfForm<?> question) {
        ObjectNode params = Json.object();
        if (revision.since(Revision.V2025_11_25)) {
            params.put("mode", "form");
        }
        params.put("message", question.message());
        params.set("requestedSchema", revision.since(Revision.V2025_11_25) ? question.form().schema()
                : plain(question.key(), question.form().schema()));
        return params;
    }

    /** Before 2025-11-25 only booleans had defaults, titles of choices were a list of their own, and one could choose one. */
    private static ObjectNode plain(String key, ObjectNode schema) {
        ObjectNode plain = Json.object().put("type", "object");
        ObjectNode properties = plain.putObject("properties");
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            ObjectNode field = ((ObjectNode) property.getValue()).deepCopy();
            String type = field.path("type").asString("");
            if (type.equals("array")) {
                throw new ToolException("This client cannot be asked \"" + key + "\": choosing several from a list ("
                        + property.getKey() + ") needs revision " + Revision.V2025_11_25.version());
            }
            if (!type.equals("boolean")) {
                field.remove("default");
            }
            if (field.remove("oneOf") instanceof ArrayNode choices) {
                ArrayNode values = field.putArray("enum");
                ArrayNode titles = field.putArray("enumNames");
                for (JsonNode choice : choices) {
                    values.add(choice.path("const").asString());
                    titles.add(choice.path("title").asString());
                }
            }
            properties.set(property.getKey(), field);
        }
        if (schema.has("required")) {
            plain.set("required", schema.get("required"));
        }
        return plain;
    }

    private ObjectNode page(Question.OfUrl question, String elicitationId) {
        ObjectNode params = Json.object()
                .put("mode", "url")
                .put("message", question.message())
                .put("url", question.url().toString());
        if (!revision.modern()) {
            params.put("elicitationId", elicitationId);
        }
        return params;
    }

    private ObjectNode sampling(SamplingRequest request) {
        ObjectNode params = Json.mapper().valueToTree(request);
        ArrayNode messages = params.putArray("messages");
        request.messages().forEach(message -> add(messages, message));
        return params;
    }

    /** Before 2025-11-25 a message is one block. */
    private void add(ArrayNode messages, SamplingMessage message) {
        JsonNode role = Json.mapper().valueToTree(message.role());
        boolean several = revision.since(Revision.V2025_11_25);
        if (message.content().size() == 1 || !several) {
            for (SamplingContent block : message.content()) {
                messages.addObject().set("role", role).set("content", block(block));
            }
        } else {
            ArrayNode blocks = messages.addObject().set("role", role).putArray("content");
            message.content().forEach(block -> blocks.add(block(block)));
        }
        if (several && message.meta() != null) {
            ((ObjectNode) messages.get(messages.size() - 1)).set("_meta", message.meta());
        }
    }

    private ObjectNode block(SamplingContent block) {
        return switch (block) {
            case Content.Text text -> content.write(text);
            case Content.Image image -> content.write(image);
            case Content.Audio audio -> content.write(audio);
            case SamplingContent.ToolUse use -> Json.mapper().valueToTree(use);
            case SamplingContent.ToolOutcome outcome -> outcome(outcome);
        };
    }

    private ObjectNode outcome(SamplingContent.ToolOutcome outcome) {
        ObjectNode node = Json.mapper().valueToTree(outcome);
        ArrayNode blocks = node.putArray("content");
        outcome.content().forEach(block -> blocks.add(content.write(block)));
        return node;
    }
}
