package dev.mooring.feature;

import dev.mooring.json.Schema;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user is asked to fill in: a flat object of texts, numbers, yes or no, and choices of one or several from a list.
 * Immutable and thread-safe.
 *
 * @param <A> what it comes out as
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#requested-schema">Requested
 *     Schema</a>
 */
public final class Form<A> {
    private static final ClassValue<Form<?>> OF_RECORDS = new ClassValue<>() {
        @Override
        protected Form<?> computeValue(Class<?> type) {
            return ofRecord(type.asSubclass(Record.class));
        }
    };

    private final ObjectNode schema;
    private final Function<ObjectNode, A> reader;

    private Form(ObjectNode schema, Function<ObjectNode, A> reader) {
        this.schema = schema;
        this.reader = reader;
    }

    /**
     * The form whose fields are a record's components: text, numbers, {@code boolean}, an enum, a list or set of an enum, a
     * date ({@code LocalDate}), a time ({@code Instant}, {@code OffsetDateTime}), a {@code URI}, each possibly in an {@code
     * Optional}. {@link Title}, {@link Description}, {@link Default} and {@link Email} say more. What the record's
     * constructor refuses with an {@link IllegalArgumentException} does not fit.
     *
     * @throws IllegalArgumentException if a component is something else
     */
    @SuppressWarnings("unchecked") // computed from that very class
    public static <A extends Record> Form<A> of(Class<A> type) {
        return (Form<A>) OF_RECORDS.get(type);
    }

    private static <A extends Record> Form<A> ofRecord(Class<A> type) {
        Arguments<A> arguments = new Arguments<>(type);
        ObjectNode schema = FormSchema.of(type, arguments.schema().tree());
        Set<String> fields = new HashSet<>(schema.path("properties").propertyNames());
        return new Form<>(schema, content -> arguments.read(content.deepCopy().retain(fields)));
    }

    /**
     * A form as a schema describes it, of which clients see what their revision has.
     *
     * @throws IllegalArgumentException if it is not within what forms may be
     */
    public static Form<ObjectNode> of(ObjectNode schema) {
        Schema checked = Schema.of(schema);
        FormSchema.check(checked.tree());
        return new Form<>(checked.tree(), content -> {
            Arguments.check(checked, content);
            return content;
        });
    }

    /** Its schema, with everything the newest revision has. Not to be changed. */
    public ObjectNode schema() {
        return schema;
    }

    /** Reads what was filled in; {@link IllegalArgumentException} if it does not fit. */
    A read(ObjectNode content) {
        try {
            return reader.apply(content);
        } catch (InvalidArgumentsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
