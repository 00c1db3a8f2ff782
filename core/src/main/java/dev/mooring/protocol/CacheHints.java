package dev.mooring.protocol;

import dev.mooring.model.CacheHint;
import java.time.Duration;

/**
 * How long clients may keep what a server tells them, since 2026-07-28. A list that is not the same for everybody is private
 * whatever is said here.
 *
 * @param contents of resources, unless a resource has a hint of its own
 * @param discovery of {@code server/discover}
 */
public record CacheHints(
        CacheHint tools,
        CacheHint resources,
        CacheHint resourceTemplates,
        CacheHint prompts,
        CacheHint contents,
        CacheHint discovery) {
    private static final CacheHint STALE_AT_ONCE = CacheHint.forAll(Duration.ZERO);

    /** Lists may change at any time, contents may be anybody's, and only the server itself stays the same for a minute. */
    public static final CacheHints DEFAULT = new CacheHints(STALE_AT_ONCE, STALE_AT_ONCE, STALE_AT_ONCE, STALE_AT_ONCE,
            CacheHint.NONE, CacheHint.forAll(Duration.ofMinutes(1)));

    /** The same hint for all four lists. */
    public CacheHints withLists(CacheHint lists) {
        return new CacheHints(lists, lists, lists, lists, contents, discovery);
    }

    public CacheHints withTools(CacheHint tools) {
        return new CacheHints(tools, resources, resourceTemplates, prompts, contents, discovery);
    }

    public CacheHints withResources(CacheHint resources) {
        return new CacheHints(tools, resources, resourceTemplates, prompts, contents, discovery);
    }

    public CacheHints withResourceTemplates(CacheHint resourceTemplates) {
        return new CacheHints(tools, resources, resourceTemplates, prompts, contents, discovery);
    }

    public CacheHints withPrompts(CacheHint prompts) {
        return new CacheHints(tools, resources, resourceTemplates, prompts, contents, discovery);
    }

    public CacheHints withContents(CacheHint contents) {
        return new CacheHints(tools, resources, resourceTemplates, prompts, contents, discovery);
    }

    public CacheHints withDiscovery(CacheHint discovery) {
        return new CacheHints(tools, resources, resourceTemplates, prompts, contents, discovery);
    }
}
