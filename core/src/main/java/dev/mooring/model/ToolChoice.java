package dev.mooring.model;

/**
 * Whether a model uses tools while it samples; since 2025-11-25.
 *
 * @param mode {@code auto}, {@code required} or {@code none}
 */
public record ToolChoice(String mode) {
    /** The model decides. */
    public static final ToolChoice AUTO = new ToolChoice("auto");

    /** It must use one at least. */
    public static final ToolChoice REQUIRED = new ToolChoice("required");

    /** It must not use any. */
    public static final ToolChoice NONE = new ToolChoice("none");
}
