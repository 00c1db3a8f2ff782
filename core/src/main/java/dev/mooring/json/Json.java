package dev.mooring.json;

import java.io.Serial;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** The one way JSON is read and written here. Thread-safe. */
public final class Json {
    private static final JsonNodeFactory FINITE = new FiniteNumbers();
    private static final JsonMapper MAPPER = mapper(JsonLimits.DEFAULT);

    private Json() {}

    /** For trees and records of our own making; records keep the order of their components, enums go by name. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * For JSON read from outside under these limits: UTF-8 only; duplicate names, trailing tokens and numbers that no
     * double can hold ({@link NumberRangeException}) refused. The number of tokens is bounded by a quarter of the bytes, because a tree of tiny values is many times larger than its text.
     */
    public static JsonMapper mapper(JsonLimits limits) {
        StreamReadConstraints bounds = StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxStringLength(limits.stringLength())
                .maxNameLength(limits.nameLength())
                .maxNumberLength(limits.numberLength())
                .maxTokenCount(1_000 + limits.bytes() / 4L)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(bounds)
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
        return JsonMapper.builder(factory)
                .nodeFactory(FINITE)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static final class FiniteNumbers extends JsonNodeFactory {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public NumericNode numberNode(double value) {
            if (!Double.isFinite(value)) {
                throw new NumberRangeException();
            }
            return super.numberNode(value);
        }
    }
}
