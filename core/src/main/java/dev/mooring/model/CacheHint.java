package dev.mooring.model;

import java.time.Duration;

/**
 * How long a client may take a result for fresh, and for whom; since 2026-07-28.
 *
 * @param ttl from the time it was received; zero: it is stale at once
 * @param scope who may be served it from a cache
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching">Caching</a>
 */
public record CacheHint(Duration ttl, Scope scope) {

    /** Who may be served a result from a cache. */
    public enum Scope {
        PUBLIC,
        PRIVATE
    }

    /** Not to be kept, nor shown to anybody else. */
    public static final CacheHint NONE = forCaller(Duration.ZERO);

    public CacheHint {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl: " + ttl + " (expected: >= 0)");
        }
    }

    /** The same for everybody: any cache may serve it to any caller. */
    public static CacheHint forAll(Duration ttl) {
        return new CacheHint(ttl, Scope.PUBLIC);
    }

    /** For those who asked: a cache keeps it apart for each authorization. */
    public static CacheHint forCaller(Duration ttl) {
        return new CacheHint(ttl, Scope.PRIVATE);
    }

    /** The same, for those who asked alone. */
    public CacheHint asPrivate() {
        return scope == Scope.PRIVATE ? this : forCaller(ttl);
    }
}
