package dev.mooring.model;

import org.jspecify.annotations.Nullable;

/**
 * One argument of a prompt; its value is text.
 *
 * @param title a name for people; since 2025-06-18
 * @param description what to give; may be empty
 */
public record PromptArgument(String name, @Nullable String title, String description, boolean required) {

    public static PromptArgument required(String name, String description) {
        return new PromptArgument(name, null, description, true);
    }

    public static PromptArgument optional(String name, String description) {
        return new PromptArgument(name, null, description, false);
    }
}
