package dev.mooring.feature;

import dev.mooring.json.Json;
import dev.mooring.json.Schema;
import dev.mooring.model.ClientCapability;
import dev.mooring.model.Content;
import dev.mooring.model.ToolAnnotations;
import dev.mooring.model.ToolResult;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool in the making: say what it is, then what it takes ({@link #arguments}, {@link #schema} or nothing), then what it
 * does. Not thread-safe.
 */
public final class ToolBuilder extends FeatureBuilder<ToolBuilder> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    ToolAnnotations annotations = ToolAnnotations.NONE;
    Set<ClientCapability> needs = Set.of();

    private @Nullable Schema output;

    ToolBuilder(String name) {
        super(name);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("tool name: \"" + name + "\" (expected: 1 to 128 of A-Z a-z 0-9 _ - .)");
        }
    }

    @Override
    ToolBuilder self() {
        return this;
    }

    /** Hints for clients that ask before they call. */
    public ToolBuilder annotations(ToolAnnotations annotations) {
        this.annotations = annotations;
        return this;
    }

    /** What it will ask its client for; a call of a client that did not declare it is refused before it begins. */
    public ToolBuilder needs(ClientCapability... capabilities) {
        this.needs = Set.of(capabilities);
        return this;
    }

    /** Its arguments are this record: the schema is made from it, and the handler gets one. */
    public <A extends Record> Typed<A> arguments(Class<A> type) {
        return new Typed<>(new Arguments<>(type));
    }

    /**
     * Its arguments are described by this schema, which clients see as it is; the handler gets the object.
     *
     * @throws IllegalArgumentException if it is not a valid schema of an object, or marks parameters with
     *     {@code x-mcp-header} that cannot be mirrored
     */
    public Raw schema(ObjectNode inputSchema) {
        if (!inputSchema.path("type").asString("").equals("object")) {
            throw new IllegalArgumentException(
                    "inputSchema: type is " + inputSchema.path("type") + " (expected: \"object\")");
        }
        return new Raw(Schema.of(inputSchema));
    }

    /** The same, from JSON text. */
    public Raw schema(String inputSchema) {
        return schema(object(inputSchema));
    }

    /** It takes no arguments, and any it is given are refused. */
    public Raw noArguments() {
        return schema(Json.object().put("type", "object").put("additionalProperties", false));
    }

    private static ObjectNode object(String json) {
        try {
            if (Json.mapper().readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("schema: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("schema: " + json + " (expected: a JSON object)");
    }

    /** What remains to be said of a tool whose arguments are a record. */
    public final class Typed<A extends Record> {
        private final Arguments<A> arguments;

        private Typed(Arguments<A> arguments) {
            this.arguments = arguments;
        }

        /** It answers with text. */
        public Tool text(Handler<A, String> handler) {
            return result((in, call) -> ToolResult.text(handler.call(in, call)));
        }

        /** It answers with a record: structured content with a schema, and the same as JSON text for older clients. */
        public <R extends Record> Tool structured(Class<R> type, Handler<A, R> handler) {
            output = Schema.of(RecordSchema.ofResult(type));
            return result((in, call) -> Arguments.structured(name(), handler.call(in, call)));
        }

        /** It answers with blocks of content. */
        public Tool content(Handler<A, List<? extends Content>> handler) {
            return result((in, call) -> new ToolResult(List.copyOf(handler.call(in, call)), null, false, null));
        }

        /** It answers with anything a result can be. */
        public Tool result(Handler<A, ToolResult> handler) {
            return new Tool(ToolBuilder.this, arguments.schema(), output,
                    (in, call) -> handler.call(arguments.read(in), call));
        }
    }

    /** What remains to be said of a tool whose arguments are JSON. */
    public final class Raw {
        private final Schema input;

        private Raw(Schema input) {
            this.input = input;
        }

        /** Its structured result is described by this schema, which clients see as it is. */
        public Raw outputSchema(ObjectNode schema) {
            output = Schema.of(schema);
            return this;
        }

        /** It answers with text. */
        public Tool text(Handler<ObjectNode, String> handler) {
            return result((in, call) -> ToolResult.text(handler.call(in, call)));
        }

        /** It answers with anything a result can be. */
        public Tool result(Handler<ObjectNode, ToolResult> handler) {
            return new Tool(ToolBuilder.this, input, output, (in, call) -> {
                Arguments.check(input, in);
                return handler.call(in, call);
            });
        }
    }
}
