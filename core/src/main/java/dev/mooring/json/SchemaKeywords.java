package dev.mooring.json;

import java.util.Set;

/** Keywords of JSON Schema, in every dialect, by what their values are. All others hold a schema, schemas, or no schema. */
public final class SchemaKeywords {
    /** Their values are any JSON, in which no keyword means anything. */
    public static final Set<String> WITH_VALUES = Set.of("const", "enum", "default", "examples");

    /** Their values are objects of schemas under names of the author's choice. */
    public static final Set<String> WITH_NAMED_SCHEMAS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    private SchemaKeywords() {}
}
