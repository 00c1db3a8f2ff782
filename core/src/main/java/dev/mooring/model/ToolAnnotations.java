package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Hints on what a tool does, for clients that ask before they call; since 2025-03-26. A hint that is absent has the
 * specification's default: not read-only, destructive, not idempotent, open-world.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolAnnotations(
        @Nullable String title,
        @Nullable Boolean readOnlyHint,
        @Nullable Boolean destructiveHint,
        @Nullable Boolean idempotentHint,
        @Nullable Boolean openWorldHint) {

    public static final ToolAnnotations NONE = new ToolAnnotations(null, null, null, null, null);

    /** Changes nothing. */
    public ToolAnnotations readOnly() {
        return new ToolAnnotations(title, true, destructiveHint, idempotentHint, openWorldHint);
    }

    /** Only adds, never destroys. */
    public ToolAnnotations additive() {
        return new ToolAnnotations(title, readOnlyHint, false, idempotentHint, openWorldHint);
    }

    /** Calling it twice with the same arguments is like calling it once. */
    public ToolAnnotations idempotent() {
        return new ToolAnnotations(title, readOnlyHint, destructiveHint, true, openWorldHint);
    }

    /** Touches nothing outside the server's own world. */
    public ToolAnnotations closedWorld() {
        return new ToolAnnotations(title, readOnlyHint, destructiveHint, idempotentHint, false);
    }
}
