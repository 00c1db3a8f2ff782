package dev.mooring.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that an argument may be completed to.
 *
 * @param values the best first; clients get the first 100
 * @param total how many there are in all; null if unknown
 * @param hasMore whether there are more than these
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/completion">Completion</a>
 */
public record Completion(List<String> values, @Nullable Integer total, boolean hasMore) {

    /** Nothing to suggest. */
    public static final Completion NONE = of(List.of());

    public Completion {
        values = List.copyOf(values);
    }

    /** These are all there are. */
    public static Completion of(List<String> values) {
        return new Completion(values, values.size(), false);
    }

    /** Of all choices those that begin with what is typed, then those that contain it, in any case of letters. */
    public static Completion matching(String typed, Collection<String> choices) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        Predicate<String> begins = choice -> choice.toLowerCase(Locale.ROOT).startsWith(wanted);
        Predicate<String> contains = choice -> choice.toLowerCase(Locale.ROOT).contains(wanted);
        return of(Stream.concat(choices.stream().filter(begins), choices.stream().filter(contains.and(begins.negate())))
                .toList());
    }
}
