package dev.mooring.client;

import tools.jackson.databind.node.ObjectNode;

/**
 * A server asks the user to fill in a form.
 *
 * @param message why, for the user to read
 * @param schema what may be filled in
 */
public record FormRequest(String message, ObjectNode schema) {}
