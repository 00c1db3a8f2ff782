package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.CompletionRequest;
import dev.mooring.feature.Context;
import dev.mooring.feature.Feature;
import dev.mooring.feature.Features;
import dev.mooring.feature.Prompt;
import dev.mooring.feature.Resource;
import dev.mooring.feature.ResourceFeature;
import dev.mooring.feature.ResourceTemplate;
import dev.mooring.feature.Tool;
import dev.mooring.feature.Variables;
import dev.mooring.model.CacheHint;
import dev.mooring.model.Change;
import dev.mooring.model.PromptArgument;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The methods of both eras that are about features: finds what a request asks for. Thread-safe; never blocks. */
final class FeatureMethods {
    private final Catalog catalog;
    private final Capabilities capabilities;
    private final CacheHint contentsCaching;
    private final FeatureList<Tool> tools;
    private final FeatureList<Resource> resources;
    private final FeatureList<ResourceTemplate> resourceTemplates;
    private final FeatureList<Prompt> prompts;

    FeatureMethods(Catalog catalog, ServerDescription server) {
        this.catalog = catalog;
        this.capabilities = new Capabilities(catalog);
        CacheHints caching = server.caching();
        int pageSize = server.pageSize();
        this.contentsCaching = caching.contents();
        this.tools = new FeatureList<>("tools", catalog.tools(), (to, tool) -> to.tools().tool(tool), caching.tools(),
                pageSize);
        this.resources = new FeatureList<>("resources", catalog.resources(),
                (to, resource) -> to.resources().resource(resource), caching.resources(), pageSize);
        this.resourceTemplates = new FeatureList<>("resourceTemplates", catalog.resourceTemplates(),
                (to, template) -> to.resources().template(template), caching.resourceTemplates(), pageSize);
        this.prompts = new FeatureList<>("prompts", catalog.prompts(), (to, prompt) -> to.prompts().prompt(prompt),
                caching.prompts(), pageSize);
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** What the request comes to; null if this server has no such method about features. */
    @Nullable
    Resolution resolve(Message.Request request, Dialect dialect) {
        if (!capabilities.serves(request.method())) {
            return null;
        }
        try {
            return switch (request.method()) {
                case "tools/list" -> tools.page(request, dialect);
                case "tools/call" -> toolCall(request);
                case "resources/list" -> resources.page(request, dialect);
                case "resources/templates/list" -> resourceTemplates.page(request, dialect);
                case "resources/read" -> resourceRead(request, dialect);
                case "prompts/list" -> prompts.page(request, dialect);
                case "prompts/get" -> promptGet(request);
                case "completion/complete" -> complete(request, dialect);
                default -> null;
            };
        } catch (RpcException e) {
            return Resolution.refused(request.id(), e.error());
        }
    }

    private Resolution toolCall(Message.Request request) {
        Params params = Params.of(request);
        String name = params.text("name");
        ObjectNode arguments = params.object("arguments").tree();
        return reach(catalog.tools(), name, tool -> new ToolInvocation(tool, arguments),
                () -> invalid(request, "Unknown tool: " + name));
    }

    private Resolution promptGet(Message.Request request) {
        Params params = Params.of(request);
        String name = params.text("name");
        Map<String, String> arguments = params.object("arguments").texts();
        return reach(catalog.prompts(), name, prompt -> new PromptInvocation(prompt, arguments),
                () -> invalid(request, "Unknown prompt: " + name));
    }

    /** Work on the feature of that key; something else where there is none, or none that the caller sees. */
    private static <F extends Feature> Resolution reach(Features<F> features, String key, Function<F, Invocation> work,
            Supplier<Resolution> otherwise) {
        F feature = features.find(key);
        return feature == null ? otherwise.get()
                : RestrictedInvocation.of(features, feature, work.apply(feature), otherwise);
    }

    /** The fixed resource of that URI, else the template that fixes most of it; as far as the caller sees either. */
    private Resolution resourceRead(Message.Request request, Dialect dialect) {
        String uri = Params.of(request).text("uri");
        return reach(catalog.resources(), uri, resource -> new ResourceInvocation(uri, resource, resource::read,
                caching(catalog.resources(), resource)), () -> templateRead(request, uri, dialect));
    }

    private Resolution templateRead(Message.Request request, String uri, Dialect dialect) {
        Features<ResourceTemplate> templates = catalog.resourceTemplates();
        Resolution found = Resolution.refused(request.id(), Errors.resourceNotFound(dialect.revision(), uri));
        for (Map.Entry<ResourceTemplate, Variables> match : matches(uri)) {
            ResourceTemplate template = match.getKey();
            Invocation work = new ResourceInvocation(uri, template, call -> template.read(match.getValue(), call),
                    caching(templates, template));
            Resolution before = found;
            found = RestrictedInvocation.of(templates, template, work, () -> before);
        }
        return found;
    }

    /** The templates a URI follows, the one that says least about it first. */
    private List<Map.Entry<ResourceTemplate, Variables>> matches(String uri) {
        List<Map.Entry<ResourceTemplate, Variables>> matches = new ArrayList<>();
        for (ResourceTemplate template : catalog.resourceTemplates().all()) {
            template.match(uri).ifPresent(variables -> matches.add(Map.entry(template, variables)));
        }
        matches.sort(Comparator.comparingInt(match -> match.getKey().fixed()));
        return matches;
    }

    private <F extends ResourceFeature> CacheHint caching(Features<F> features, F feature) {
        CacheHint hint = feature.caching().orElse(contentsCaching);
        return features.restricted(feature) ? hint.asPrivate() : hint;
    }

    private Resolution complete(Message.Request request, Dialect dialect) {
        Params params = Params.of(request);
        Params ref = params.object("ref");
        Params argument = params.object("argument");
        Map<String, String> others =
                dialect.revision().since(Revision.V2025_06_18) ? params.object("context").object("arguments").texts()
                        : Map.of();
        CompletionRequest asked = new CompletionRequest(argument.text("name"), argument.text("value"), others);
        return switch (ref.text("type")) {
            case "ref/prompt" -> {
                String name = ref.text("name");
                yield reach(catalog.prompts(), name, prompt -> ofPrompt(prompt, asked),
                        () -> invalid(request, "Unknown prompt: " + name));
            }
            case "ref/resource" -> {
                String uri = ref.text("uri");
                yield reach(catalog.resourceTemplates(), uri, template -> ofTemplate(template, asked),
                        () -> invalid(request, "Unknown resource template: " + uri));
            }
            default -> invalid(request, "Invalid params: ref.type must be ref/prompt or ref/resource");
        };
    }

    private static Invocation ofPrompt(Prompt prompt, CompletionRequest asked) {
        List<String> arguments = prompt.arguments().stream().map(PromptArgument::name).toList();
        return new CompletionInvocation("prompt " + prompt.name(), arguments, asked,
                prompt.completer(asked.argument()));
    }

    private static Invocation ofTemplate(ResourceTemplate template, CompletionRequest asked) {
        return new CompletionInvocation("resource template " + template.uriTemplate(), template.variables(), asked,
                template.completer(asked.argument()));
    }

    /**
     * Whether a caller may know of what changes: of a resource only where one of that URI may be there for it. May take long,
     * because whom a resource is visible to is asked.
     */
    boolean shows(Change change, Context caller) {
        if (!(change instanceof Change.Resource(String uri))) {
            return true;
        }
        Resource fixed = catalog.resources().find(uri);
        return (fixed != null && catalog.resources().visible(fixed, caller))
                || matches(uri).stream().anyMatch(match -> catalog.resourceTemplates().visible(match.getKey(), caller));
    }

    private static Resolution invalid(Message.Request request, String message) {
        return Resolution.refused(request.id(), RpcError.invalidParams(message));
    }
}
