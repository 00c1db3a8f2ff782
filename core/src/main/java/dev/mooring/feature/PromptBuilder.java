package dev.mooring.feature;

import dev.mooring.model.PromptArgument;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.PromptResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A prompt in the making: say what it is, then what it takes ({@link #arguments(Class)}, {@link #arguments(PromptArgument...)}
 * or nothing), then what it says. Not thread-safe.
 */
public final class PromptBuilder extends FeatureBuilder<PromptBuilder> {
    final Map<String, Completer> completers = new HashMap<>();

    PromptBuilder(String name) {
        super(name);
        if (name.isBlank()) {
            throw new IllegalArgumentException("prompt name: \"" + name + "\" (expected: not blank)");
        }
    }

    @Override
    PromptBuilder self() {
        return this;
    }

    /**
     * Its arguments are this record. They travel as text: what is no text is given as JSON, such as {@code 3} or
     * {@code true}. Enums suggest their values.
     */
    public <A extends Record> Taking<A> arguments(Class<A> type) {
        TextArguments<A> arguments = new TextArguments<>(type);
        completers.putAll(arguments.completers());
        return new Taking<>(arguments.described(), arguments::read);
    }

    /** Its arguments are these; the handler gets their texts by name. */
    public Taking<Map<String, String>> arguments(PromptArgument... arguments) {
        List<PromptArgument> known = List.of(arguments);
        if (names(known).stream().distinct().count() < known.size()) {
            throw new IllegalArgumentException("arguments: " + names(known) + " (expected: each name once)");
        }
        return new Taking<>(known, given -> checked(known, given));
    }

    /** It takes no arguments, and any it is given are refused. */
    public Taking<Map<String, String>> noArguments() {
        return arguments();
    }

    private static List<String> names(List<PromptArgument> arguments) {
        return arguments.stream().map(PromptArgument::name).toList();
    }

    private static Map<String, String> checked(List<PromptArgument> known, Map<String, String> given) {
        for (PromptArgument argument : known) {
            if (argument.required() && !given.containsKey(argument.name())) {
                throw new InvalidArgumentsException("Invalid arguments: " + argument.name() + " is missing");
            }
        }
        List<String> names = names(known);
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidArgumentsException(
                        "Invalid arguments: \"" + name + "\" (expected: one of " + names + ")");
            }
        }
        return given;
    }

    /**
     * What remains to be said of a prompt whose arguments are known.
     *
     * @param <A> what its handler is given
     */
    public final class Taking<A> {
        private final List<PromptArgument> arguments;
        private final Function<Map<String, String>, A> reader;

        private Taking(List<PromptArgument> arguments, Function<Map<String, String>, A> reader) {
            this.arguments = arguments;
            this.reader = reader;
        }

        /** Suggests values for an argument. */
        public Taking<A> completes(String argument, Completer completer) {
            if (!names(arguments).contains(argument)) {
                throw new IllegalArgumentException(
                        "argument: \"" + argument + "\" (expected: one of " + names(arguments) + ")");
            }
            completers.put(argument, completer);
            return this;
        }

        /** It is one message of the user, in text. */
        public Prompt text(Handler<A, String> handler) {
            return result((in, call) -> PromptResult.of(PromptMessage.user(handler.call(in, call))));
        }

        /** It is a conversation. */
        public Prompt messages(Handler<A, List<PromptMessage>> handler) {
            return result((in, call) -> new PromptResult(null, handler.call(in, call), null));
        }

        /** It is anything a result can be. */
        public Prompt result(Handler<A, PromptResult> handler) {
            return new Prompt(PromptBuilder.this, arguments, (given, call) -> handler.call(reader.apply(given), call));
        }
    }
}
