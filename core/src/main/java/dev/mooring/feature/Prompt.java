package dev.mooring.feature;

import dev.mooring.model.PromptArgument;
import dev.mooring.model.PromptResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt: what the client is told of it, and the work behind it. Immutable; made by {@link #named}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Prompts</a>
 */
public final class Prompt extends Feature {
    private final List<PromptArgument> arguments;
    private final Map<String, Completer> completers;
    private final Handler<Map<String, String>, PromptResult> work;

    Prompt(PromptBuilder builder, List<PromptArgument> arguments, Handler<Map<String, String>, PromptResult> work) {
        super(builder);
        this.arguments = List.copyOf(arguments);
        this.completers = Map.copyOf(builder.completers);
        this.work = work;
    }

    /**
     * Begins a prompt.
     *
     * @param name not blank, unique in its server
     */
    public static PromptBuilder named(String name) {
        return new PromptBuilder(name);
    }

    @Override
    public String key() {
        return name();
    }

    public List<PromptArgument> arguments() {
        return arguments;
    }

    /** What suggests values for an argument; null if nothing does. */
    public @Nullable Completer completer(String argument) {
        return completers.get(argument);
    }

    @Override
    boolean completes() {
        return !completers.isEmpty();
    }

    /**
     * Checks the arguments and does the work on this thread.
     *
     * @throws InvalidArgumentsException if the arguments do not fit
     */
    public PromptResult get(Map<String, String> given, Call call) throws Exception {
        return work.call(given, call);
    }
}
