package dev.mooring.feature;

import java.util.Map;

/**
 * An argument that somebody is typing.
 *
 * @param argument its name
 * @param value what is typed so far; may be empty
 * @param arguments the values of those that are filled in already, as far as the client tells; since 2025-06-18
 */
public record CompletionRequest(String argument, String value, Map<String, String> arguments) {

    public CompletionRequest {
        arguments = Map.copyOf(arguments);
    }
}
