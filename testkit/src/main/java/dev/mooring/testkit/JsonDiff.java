package dev.mooring.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where two JSON trees differ, place by place. In the expected one the text {@code {any}} stands for any value. */
final class JsonDiff {
    private static final String ANY = "{any}";

    private final List<String> differences = new ArrayList<>();

    private JsonDiff() {}

    /** One line for each place, with its JSON pointer; empty if they agree. */
    static List<String> between(JsonNode expected, JsonNode actual) {
        JsonDiff diff = new JsonDiff();
        diff.compare("", expected, actual);
        return diff.differences;
    }

    private void compare(String path, @Nullable JsonNode expected, @Nullable JsonNode actual) {
        if (expected != null && actual != null) {
            if (expected.isString() && expected.stringValue().equals(ANY)) {
                return;
            }
            if (expected.isObject() && actual.isObject()) {
                members(path, expected, actual);
                return;
            }
            if (expected.isArray() && actual.isArray()) {
                elements(path, expected, actual);
                return;
            }
            if (expected.equals(actual)) {
                return;
            }
        }
        differences
                .add((path.isEmpty() ? "/" : path) + ": expected " + shown(expected) + ", received " + shown(actual));
    }

    private void members(String path, JsonNode expected, JsonNode actual) {
        Set<String> names = new LinkedHashSet<>(expected.propertyNames());
        names.addAll(actual.propertyNames());
        for (String name : names) {
            compare(path + "/" + name.replace("~", "~0").replace("/", "~1"), expected.get(name), actual.get(name));
        }
    }

    private void elements(String path, JsonNode expected, JsonNode actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            compare(path + "/" + i, expected.get(i), actual.get(i));
        }
    }

    private static String shown(@Nullable JsonNode node) {
        return node == null ? "nothing" : node.toString();
    }
}
