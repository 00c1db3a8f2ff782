package dev.mooring.json;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema, compiled once and checked often. The dialect is 2020-12 unless {@code $schema} names another that the
 * validator knows (draft 4, 6, 7, 2019-09). Nothing is ever fetched. Immutable and thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#json-schema-usage">JSON Schema usage</a>
 */
public final class Schema {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialects(
            Stream.of(Dialects.getDraft202012(), Dialects.getDraft201909(), Dialects.getDraft7(), Dialects.getDraft6(),
                    Dialects.getDraft4()).map(Schema::withoutWarnings).toList(),
            builder -> builder.defaultDialectId(SpecificationVersion.DRAFT_2020_12.getDialectId())
                    .schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.allow(Schema::isOfADialect))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .regularExpressionFactory(BoundedPattern::new)
                            .build()));
    private static final int SHOWN = 5;

    private final ObjectNode tree;
    private final com.networknt.schema.Schema compiled;

    private Schema(ObjectNode tree, com.networknt.schema.Schema compiled) {
        this.tree = tree;
        this.compiled = compiled;
    }

    /**
     * Compiles a schema.
     *
     * @throws IllegalArgumentException if it is not a valid schema of its dialect, refers to something outside itself, or
     *     is larger than {@link SchemaBounds} allow; the message says where
     */
    public static Schema of(ObjectNode tree) {
        ObjectNode own = tree.deepCopy();
        SchemaBounds.check(own);
        try {
            checkAgainstItsDialect(own);
            com.networknt.schema.Schema compiled = REGISTRY.getSchema(own);
            compiled.initializeValidators();
            return new Schema(own, compiled);
        } catch (SchemaException e) {
            throw new IllegalArgumentException("schema: " + e.getMessage(), e);
        }
    }

    private static void checkAgainstItsDialect(ObjectNode tree) {
        JsonNode named = tree.get("$schema");
        String dialect = named == null || !named.isString() ? SpecificationVersion.DRAFT_2020_12.getDialectId()
                : named.stringValue();
        List<Error> errors = REGISTRY.getSchema(SchemaLocation.of(dialect)).validate(tree);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException("schema: " + describe(errors));
        }
    }

    /** The dialect, silent about keywords of others, such as {@code x-mcp-header}. */
    private static Dialect withoutWarnings(Dialect dialect) {
        return Dialect.builder(dialect)
                .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
                .build();
    }

    private static boolean isOfADialect(AbsoluteIri document) {
        String iri = document.toString();
        return iri.startsWith("https://json-schema.org/draft/") || iri.startsWith("http://json-schema.org/draft-");
    }

    /** The schema as it was given. Not to be changed. */
    public ObjectNode tree() {
        return tree;
    }

    /**
     * Checks a value.
     *
     * @return what is wrong with it in a sentence that names the path of each failing place, up to five; empty if nothing is
     */
    public String check(JsonNode value) {
        try {
            List<Error> errors = compiled.validate(value);
            return errors.isEmpty() ? "" : describe(errors);
        } catch (BoundedPattern.TooLong e) {
            return "/: a text takes too long to match its pattern";
        } catch (StackOverflowError e) { // a schema that refers to itself in one place, or a pattern on a long text
            return "/: too much to check";
        }
    }

    private static String describe(List<Error> errors) {
        List<String> all = errors.stream().map(Schema::describe).distinct().limit(SHOWN + 1).toList();
        return all.size() > SHOWN ? String.join("; ", all.subList(0, SHOWN)) + "; and more" : String.join("; ", all);
    }

    private static String describe(Error error) {
        String path = error.getInstanceLocation().toString();
        return (path.isEmpty() ? "/" : path) + ": " + error.getMessage();
    }
}
