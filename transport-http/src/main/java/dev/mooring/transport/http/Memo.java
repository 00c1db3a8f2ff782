package dev.mooring.transport.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A function of a header field, with its answers for the values that come again and again. A bounded number of short values
 * is remembered, the first that come; all others are worked out each time. Thread-safe.
 */
final class Memo<V> {
    private static final int VALUES = 100;
    private static final int LENGTH = 200;

    private final Function<String, V> function;
    private final ConcurrentHashMap<String, V> remembered = new ConcurrentHashMap<>();

    Memo(Function<String, V> function) {
        this.function = function;
    }

    V of(String value) {
        V known = remembered.get(value);
        if (known != null) {
            return known;
        }
        V answer = function.apply(value);
        if (value.length() <= LENGTH && remembered.mappingCount() < VALUES) {
            remembered.put(value, answer);
        }
        return answer;
    }
}
