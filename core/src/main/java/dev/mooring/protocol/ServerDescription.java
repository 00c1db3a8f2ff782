package dev.mooring.protocol;

import dev.mooring.model.Implementation;

/**
 * What a server says of itself.
 *
 * @param instructions how to use it, for the model; may be empty
 */
public record ServerDescription(Implementation info, String instructions) {}
