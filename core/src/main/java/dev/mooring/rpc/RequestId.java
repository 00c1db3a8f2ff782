package dev.mooring.rpc;

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
