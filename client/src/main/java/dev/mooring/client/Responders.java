package dev.mooring.client;

import dev.mooring.model.ClientCapability;
import dev.mooring.model.Elicited;
import dev.mooring.model.Revision;
import dev.mooring.model.Root;
import dev.mooring.model.SamplingRequest;
import dev.mooring.model.SamplingResult;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client answers when its server asks; the same in both eras. It declares what it has a responder for, and nothing
 * else. Immutable.
 *
 * @param samplingTools whether its model can use tools
 */
public record Responders(
        @Nullable Responder<FormRequest, Elicited<ObjectNode>> forms,
        @Nullable Responder<UrlRequest, Consent> pages,
        @Nullable Responder<SamplingRequest, SamplingResult> sampling,
        boolean samplingTools,
        @Nullable Callable<List<Root>> roots) {

    public static final Responders NONE = new Responders(null, null, null, false, null);

    /** Has its user fill in forms; since 2025-06-18. */
    public Responders withForms(Responder<FormRequest, Elicited<ObjectNode>> forms) {
        return new Responders(forms, pages, sampling, samplingTools, roots);
    }

    /** Has its user open pages; since 2025-11-25. */
    public Responders withPages(Responder<UrlRequest, Consent> pages) {
        return new Responders(forms, pages, sampling, samplingTools, roots);
    }

    /** Has a model. */
    public Responders withSampling(Responder<SamplingRequest, SamplingResult> sampling) {
        return new Responders(forms, pages, sampling, samplingTools, roots);
    }

    /** Has a model that can use tools; since 2025-11-25. */
    public Responders withSamplingAndTools(Responder<SamplingRequest, SamplingResult> sampling) {
        return new Responders(forms, pages, sampling, true, roots);
    }

    /** Works on folders. */
    public Responders withRoots(Callable<List<Root>> roots) {
        return new Responders(forms, pages, sampling, samplingTools, roots);
    }

    /** Puts what these can answer in that revision into a client's capabilities. */
    void declareIn(ObjectNode capabilities, Revision revision) {
        declare(forms != null && revision.since(Revision.V2025_06_18), ClientCapability.ELICITATION_FORM, capabilities);
        declare(pages != null && revision.since(Revision.V2025_11_25), ClientCapability.ELICITATION_URL, capabilities);
        declare(sampling != null, ClientCapability.SAMPLING, capabilities);
        declare(samplingTools && revision.since(Revision.V2025_11_25), ClientCapability.SAMPLING_TOOLS, capabilities);
        declare(roots != null, ClientCapability.ROOTS, capabilities);
    }

    private static void declare(boolean can, ClientCapability capability, ObjectNode capabilities) {
        if (can) {
            capability.declareIn(capabilities);
        }
    }
}
