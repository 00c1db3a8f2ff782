package dev.mooring.feature;

import dev.mooring.model.ResourceContents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A resource template in the making: say what it is, then what is read, given the {@link Variables} or a record of them. Not
 * thread-safe.
 */
public final class ResourceTemplateBuilder extends ResourceFeatureBuilder<ResourceTemplateBuilder> {
    final UriTemplate template;
    final Map<String, Completer> completers = new HashMap<>();

    ResourceTemplateBuilder(UriTemplate template) {
        super(template.text());
        this.template = template;
    }

    @Override
    ResourceTemplateBuilder self() {
        return this;
    }

    /** Suggests values for a variable. */
    public ResourceTemplateBuilder completes(String variable, Completer completer) {
        if (!template.variables().contains(variable)) {
            throw new IllegalArgumentException(
                    "variable: \"" + variable + "\" (expected: one of " + template.variables() + ")");
        }
        completers.put(variable, completer);
        return this;
    }

    /**
     * Its variables are this record; a URI whose values do not fit is one of no resource.
     *
     * @throws IllegalArgumentException if they are not the record's components
     */
    public <A extends Record> Typed<A> variables(Class<A> type) {
        TextArguments<A> arguments = new TextArguments<>(type);
        Set<String> components = new HashSet<>();
        arguments.described().forEach(component -> components.add(component.name()));
        if (!components.equals(Set.copyOf(template.variables()))) {
            throw new IllegalArgumentException(
                    type.getName() + ": " + components + " (expected: the variables " + template.variables() + ")");
        }
        arguments.completers().forEach(completers::putIfAbsent);
        return new Typed<>(arguments);
    }

    /** Each is text. */
    public ResourceTemplate text(Handler<Variables, String> handler) {
        return contents((in, call) -> List.of(text(in.uri(), handler.call(in, call))));
    }

    /** Each is bytes. */
    public ResourceTemplate blob(Handler<Variables, byte[]> handler) {
        return contents((in, call) -> List.of(blob(in.uri(), handler.call(in, call))));
    }

    /** Each is several things with URIs of their own. */
    public ResourceTemplate contents(Handler<Variables, List<ResourceContents>> handler) {
        return new ResourceTemplate(this, handler);
    }

    /** What remains to be said of a template whose variables are a record. */
    public final class Typed<A extends Record> {
        private final TextArguments<A> arguments;

        private Typed(TextArguments<A> arguments) {
            this.arguments = arguments;
        }

        /** Each is text. */
        public ResourceTemplate text(Handler<A, String> handler) {
            return ResourceTemplateBuilder.this.text((in, call) -> handler.call(arguments.read(in.values()), call));
        }

        /** Each is bytes. */
        public ResourceTemplate blob(Handler<A, byte[]> handler) {
            return ResourceTemplateBuilder.this.blob((in, call) -> handler.call(arguments.read(in.values()), call));
        }

        /** Each is several things with URIs of their own. */
        public ResourceTemplate contents(Handler<A, List<ResourceContents>> handler) {
            return ResourceTemplateBuilder.this.contents((in, call) -> handler.call(arguments.read(in.values()), call));
        }
    }
}
