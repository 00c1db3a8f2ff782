package dev.mooring.feature;

import dev.mooring.model.ResourceContents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resources whose URIs follow a template: what the client is told of them, and the work of reading one. Immutable; made by
 * {@link #of}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources#resource-templates">Resource
 *     templates</a>
 */
public final class ResourceTemplate extends ResourceFeature {
    private final UriTemplate template;
    private final Map<String, Completer> completers;
    private final Handler<Variables, List<ResourceContents>> work;

    ResourceTemplate(ResourceTemplateBuilder builder, Handler<Variables, List<ResourceContents>> work) {
        super(builder);
        this.template = builder.template;
        this.completers = Map.copyOf(builder.completers);
        this.work = work;
    }

    /**
     * Begins a template.
     *
     * @param uriTemplate of RFC 6570, unique in its server. <code>{name}</code> stands for text within one segment of a path,
     *     <code>{+name}</code> for any text; other expressions are not supported.
     */
    public static ResourceTemplateBuilder of(String uriTemplate) {
        return new ResourceTemplateBuilder(UriTemplate.of(uriTemplate));
    }

    @Override
    public String key() {
        return template.text();
    }

    public String uriTemplate() {
        return template.text();
    }

    /** The names of its variables, in the template's order. */
    public List<String> variables() {
        return template.variables();
    }

    /** How many characters of a URI it fixes. Of several templates that match a URI, the one that fixes most is read. */
    public int fixed() {
        return template.fixed();
    }

    /** Takes a URI apart; empty if it does not follow this template. */
    public Optional<Variables> match(String uri) {
        return template.match(uri).map(values -> new Variables(uri, values));
    }

    /** What suggests values for a variable; null if nothing does. */
    public @Nullable Completer completer(String variable) {
        return completers.get(variable);
    }

    @Override
    boolean completes() {
        return !completers.isEmpty();
    }

    /**
     * Reads a resource on this thread.
     *
     * @throws ResourceNotFoundException if it is not there
     * @throws InvalidArgumentsException if the variables do not fit
     */
    public List<ResourceContents> read(Variables variables, Call call) throws Exception {
        return work.call(variables, call);
    }
}
