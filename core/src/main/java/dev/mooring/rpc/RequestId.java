package dev.mooring.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The id of a JSON-RPC request, echoed in the response with its type: {@code 1} and {@code "1"} are two ids.
 *
 * <p>Only strings and integers of 64 bits are ids; fractions, exponents and {@code null} are not.
 */
public sealed interface RequestId {

    static RequestId of(long value) {
        return new Numeric(value);
    }

    static RequestId of(String value) {
        return new Text(value);
    }

    /** An id as a message names it in its parameters; null if it is none. */
    static @Nullable RequestId read(JsonNode node) {
        if (node.isString()) {
            return of(node.stringValue());
        }
        return node.isIntegralNumber() && node.canConvertToLong() ? of(node.longValue()) : null;
    }

    /** The id for a message to name it in its parameters. */
    default JsonNode tree() {
        return switch (this) {
            case Numeric number -> JsonNodeFactory.instance.numberNode(number.value());
            case Text text -> JsonNodeFactory.instance.stringNode(text.value());
        };
    }

    /** An integer id. */
    record Numeric(long value) implements RequestId {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A string id, possibly empty. */
    record Text(String value) implements RequestId {
        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }
}
