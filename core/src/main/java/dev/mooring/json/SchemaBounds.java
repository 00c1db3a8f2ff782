package dev.mooring.json;

import com.networknt.schema.SpecificationVersion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a schema may be at most, so that checking against it stays cheap: depth, number of nodes, no outside references, no
 * unknown dialect. What is a value there ({@code const}, {@code enum}, …) is not looked into.
 */
final class SchemaBounds {
    private static final int MAX_DEPTH = 48;
    private static final int MAX_NODES = 10_000;
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Set<String> DIALECTS = Arrays.stream(SpecificationVersion.values())
            .map(version -> withoutEmptyFragment(version.getDialectId()))
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> ids = new HashSet<>();
    private int nodes;

    private SchemaBounds() {}

    static void check(JsonNode schema) {
        SchemaBounds bounds = new SchemaBounds();
        bounds.count(schema, 1);
        bounds.keywords(schema, "");
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

    private void keywords(JsonNode schema, String path) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            keyword(member.getKey(), member.getValue(), path + "/" + member.getKey());
        }
        for (int i = 0; schema.isArray() && i < schema.size(); i++) {
            keywords(schema.get(i), path + "/" + i);
        }
    }

    private void keyword(String name, JsonNode value, String path) {
        if (SchemaKeywords.WITH_VALUES.contains(name)) {
            return;
        }
        if (value.isString()) {
            text(name, value.stringValue(), path);
        } else if (SchemaKeywords.WITH_NAMED_SCHEMAS.contains(name)) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                pattern(name.equals("patternProperties") ? member.getKey() : "", path);
                keywords(member.getValue(), path + "/" + member.getKey());
            }
        } else {
            keywords(value, path);
        }
    }

    private void text(String name, String value, String path) {
        if (REFERENCES.contains(name)) {
            reference(value, path);
        } else if (name.equals("pattern")) {
            pattern(value, path);
        } else if (name.equals("$schema") && !DIALECTS.contains(withoutEmptyFragment(value))) {
            throw new IllegalArgumentException(
                    "schema: " + path + ": " + value + " (expected: a dialect from draft 4 to 2020-12)");
        }
    }

    private void reference(String target, String path) {
        int fragment = target.indexOf('#');
        String document = fragment < 0 ? target : target.substring(0, fragment);
        if (!document.isEmpty() && !ids.contains(document)) {
            throw new IllegalArgumentException("schema: " + path + ": " + target
                    + " (expected: a reference inside the schema; nothing is fetched)");
        }
    }

    private static void pattern(String expression, String path) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "schema: " + path + ": " + expression + " (expected: a regular expression)", e);
        }
    }

    private static String withoutEmptyFragment(String dialect) {
        return dialect.endsWith("#") ? dialect.substring(0, dialect.length() - 1) : dialect;
    }
}
