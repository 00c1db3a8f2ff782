package dev.mooring.feature;

import dev.mooring.json.Schema;
import dev.mooring.model.ClientCapability;
import dev.mooring.model.ToolAnnotations;
import dev.mooring.model.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool: what the client is told of it, and the work behind it. Immutable; made by {@link #named}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">Tools</a>
 */
public final class Tool extends Feature {
    private final ToolAnnotations annotations;
    private final Set<ClientCapability> needs;
    private final Schema input;
    private final List<ParameterHeader> headers;
    private final @Nullable Schema output;
    private final Handler<ObjectNode, ToolResult> work;

    Tool(ToolBuilder builder, Schema input, @Nullable Schema output, Handler<ObjectNode, ToolResult> work) {
        super(builder);
        this.annotations = builder.annotations;
        this.needs = builder.needs;
        this.input = input;
        this.headers = HeaderMarks.of(input.tree());
        this.output = output;
        this.work = work;
    }

    /**
     * Begins a tool.
     *
     * @param name 1 to 128 characters from {@code A-Z a-z 0-9 _ - .}, unique in its server
     */
    public static ToolBuilder named(String name) {
        return new ToolBuilder(name);
    }

    @Override
    public String key() {
        return name();
    }

    public ToolAnnotations annotations() {
        return annotations;
    }

    /** What it asks its client for. */
    public Set<ClientCapability> needs() {
        return needs;
    }

    /** The schema of its arguments, as the client sees it. Not to be changed. */
    public ObjectNode inputSchema() {
        return input.tree();
    }

    /** The header fields that mirror its parameters, where requests have such fields. */
    public List<ParameterHeader> headers() {
        return headers;
    }

    /** The schema of its structured result, as the client sees it. Not to be changed. */
    public Optional<ObjectNode> outputSchema() {
        return Optional.ofNullable(output).map(Schema::tree);
    }

    /**
     * Checks the arguments and does the work on this thread.
     *
     * @throws MissingCapabilityException if the client did not declare what it needs; the work was not begun
     * @throws InvalidArgumentsException if the arguments do not fit; the work was not begun
     * @throws IllegalStateException if the result does not fit the output schema
     */
    public ToolResult call(ObjectNode arguments, Call call) throws Exception {
        List<ClientCapability> missing = needs.stream().filter(capability -> !call.client().can(capability)).toList();
        if (!missing.isEmpty()) {
            throw new MissingCapabilityException(missing);
        }
        ToolResult result = work.call(arguments, call);
        if (output != null && !result.isError()) {
            checkOutput(output, result);
        }
        return result;
    }

    private void checkOutput(Schema schema, ToolResult result) {
        String wrong =
                result.structured() == null ? "structured content is missing" : schema.check(result.structured());
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("result of tool " + name() + " does not fit its output schema: " + wrong);
        }
    }
}
