package dev.mooring.json;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a schema may be at most, so that checking against it stays cheap: depth, number of nodes, and no outside references. */
final class SchemaBounds {
    private static final int MAX_DEPTH = 48;
    private static final int MAX_NODES = 10_000;
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

    private final Set<String> ids = new HashSet<>();
    private int nodes;

    private SchemaBounds() {}

    static void check(JsonNode schema) {
        SchemaBounds bounds = new SchemaBounds();
        bounds.count(schema, 1);
        bounds.references(schema);
    }

    private void count(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("schema: nested deeper than " + MAX_DEPTH);
        }
        if (++nodes > MAX_NODES) {
            throw new IllegalArgumentException("schema: more than " + MAX_NODES + " nodes");
        }
        if (node.isObject() && node.path("$id").isString()) {
            ids.add(node.path("$id").stringValue());
        }
        for (JsonNode child : node) {
            count(child, depth + 1);
        }
    }

    private void references(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (REFERENCES.contains(member.getKey()) && member.getValue().isString()) {
                reference(member.getValue().stringValue());
            }
        }
        for (JsonNode child : node) {
            references(child);
        }
    }

    private void reference(String target) {
        int fragment = target.indexOf('#');
        String document = fragment < 0 ? target : target.substring(0, fragment);
        if (!document.isEmpty() && !ids.contains(document)) {
            throw new IllegalArgumentException(
                    "$ref: " + target + " (expected: a reference inside the schema; nothing is fetched)");
        }
    }
}
