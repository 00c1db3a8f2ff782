package dev.mooring.feature;

import dev.mooring.json.SchemaKeywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the parameters that an input schema marks with {@code x-mcp-header}. A mark the specification does not allow is
 * refused, because clients would leave out the whole tool.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#x-mcp-header">x-mcp-header</a>
 */
final class HeaderMarks {
    static final String KEYWORD = "x-mcp-header";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    private final List<ParameterHeader> found = new ArrayList<>();
    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private HeaderMarks() {}

    /**
     * The marked parameters of a schema.
     *
     * @throws IllegalArgumentException if one is marked that must not be, or in a way that must not be
     */
    static List<ParameterHeader> of(ObjectNode inputSchema) {
        HeaderMarks marks = new HeaderMarks();
        marks.visit(inputSchema, "", List.of());
        return List.copyOf(marks.found);
    }

    /**
     * Visits a schema and those in it.
     *
     * @param at where it is, as a JSON pointer
     * @param path the names of the properties that lead to it; null if it is reached in another way
     */
    private void visit(JsonNode schema, String at, @Nullable List<String> path) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String name = member.getKey();
            String here = at + "/" + name;
            if (name.equals(KEYWORD)) {
                take(schema, here, path);
            } else if (name.equals("properties")) {
                for (Map.Entry<String, JsonNode> property : member.getValue().properties()) {
                    visit(property.getValue(), here + "/" + property.getKey(), then(path, property.getKey()));
                }
            } else if (SchemaKeywords.WITH_NAMED_SCHEMAS.contains(name)) {
                for (Map.Entry<String, JsonNode> named : member.getValue().properties()) {
                    visit(named.getValue(), here + "/" + named.getKey(), null);
                }
            } else if (!SchemaKeywords.WITH_VALUES.contains(name)) {
                visitAll(member.getValue(), here);
            }
        }
    }

    private void visitAll(JsonNode value, String at) {
        visit(value, at, null);
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            visitAll(value.get(i), at + "/" + i);
        }
    }

    private static @Nullable List<String> then(@Nullable List<String> path, String name) {
        if (path == null) {
            return null;
        }
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private void take(JsonNode schema, String at, @Nullable List<String> path) {
        JsonNode mark = schema.path(KEYWORD);
        if (path == null || path.isEmpty()) {
            throw wrong(at, mark, "on parameters that are reached by \"properties\" alone");
        }
        if (!mark.isString() || !TOKEN.matcher(mark.stringValue()).matches()) {
            throw wrong(at, mark, "a part of a header field's name, such as \"Region\"");
        }
        if (!TYPES.contains(schema.path("type").asString(""))) {
            throw wrong(at, mark, "on parameters of type string, integer or boolean, not " + schema.path("type"));
        }
        if (!names.add(mark.stringValue())) {
            throw wrong(at, mark, "a name that no other parameter has, whatever its case");
        }
        found.add(new ParameterHeader("Mcp-Param-" + mark.stringValue(), path));
    }

    private static IllegalArgumentException wrong(String at, JsonNode mark, String expected) {
        return new IllegalArgumentException("inputSchema: " + at + ": " + mark + " (expected: " + expected + ")");
    }
}
