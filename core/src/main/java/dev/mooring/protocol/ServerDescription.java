package dev.mooring.protocol;

import dev.mooring.model.Implementation;

/**
 * What a server says of itself, and how it tells what it has.
 *
 * @param instructions how to use it, for the model; may be empty
 * @param pageSize how many features a page of a list has at most
 * @param caching how long clients may keep what they are told
 */
public record ServerDescription(Implementation info, String instructions, int pageSize, CacheHints caching) {

    /** Small servers have one page. */
    public static final int PAGE_SIZE = 100;

    public ServerDescription {
        if (pageSize < 1) {
            throw new IllegalArgumentException("pageSize: " + pageSize + " (expected: >= 1)");
        }
    }
}
