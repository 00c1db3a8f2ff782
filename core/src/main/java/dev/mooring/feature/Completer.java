package dev.mooring.feature;

import dev.mooring.model.Completion;
import java.util.Collection;
import java.util.List;

/**
 * Suggests values for an argument of a prompt or a variable of a resource template. Runs on a virtual thread of its own and
 * may block. Called concurrently, and often: with each letter that is typed.
 */
@FunctionalInterface
public interface Completer {

    /**
     * Suggests values.
     *
     * @throws Exception is logged and reported to the client without its text
     */
    Completion complete(CompletionRequest request, Context context) throws Exception;

    /** Suggests what {@linkplain Completion#matching matches} out of these. */
    static Completer of(Collection<String> choices) {
        List<String> all = List.copyOf(choices);
        return (request, context) -> Completion.matching(request.value(), all);
    }
}
