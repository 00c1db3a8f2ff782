package dev.mooring.model;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client may be asked for, if it declared it.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/schema#clientcapabilities">ClientCapabilities</a>
 */
public enum ClientCapability {
    /** To have its user fill in a form; since 2025-06-18. */
    ELICITATION_FORM(Revision.V2025_06_18, "elicitation", "form"),
    /** To have its user open a page; since 2025-11-25. */
    ELICITATION_URL(Revision.V2025_11_25, "elicitation", "url"),
    /** To have its model say something; deprecated by the specification since 2026-07-28. */
    SAMPLING(Revision.V2024_11_05, "sampling", ""),
    /** The same, with tools for the model to use; since 2025-11-25. */
    SAMPLING_TOOLS(Revision.V2025_11_25, "sampling", "tools"),
    /** To list the folders it works on; deprecated by the specification since 2026-07-28. */
    ROOTS(Revision.V2024_11_05, "roots", "");

    private final Revision since;
    private final String feature;
    private final String part;

    ClientCapability(Revision since, String feature, String part) {
        this.since = since;
        this.feature = feature;
        this.part = part;
    }

    /** Its name for people: {@code sampling.tools}. */
    public String text() {
        return part.isEmpty() ? feature : feature + '.' + part;
    }

    /** Whether a client of that revision declared it. */
    public boolean isDeclared(ObjectNode capabilities, Revision revision) {
        JsonNode declared = capabilities.path(feature);
        return revision.since(since) && (part.isEmpty() ? declared.isObject()
                : declared.path(part).isObject() || (this == ELICITATION_FORM && declaresNoMode(declared)));
    }

    /** To declare no mode is to declare forms. */
    private static boolean declaresNoMode(JsonNode elicitation) {
        return elicitation.isObject() && !elicitation.path("url").isObject();
    }

    /** Puts it into a tree of capabilities, as a client would declare it. */
    public void declareIn(ObjectNode capabilities) {
        ObjectNode declared =
                capabilities.get(feature) instanceof ObjectNode known ? known : capabilities.putObject(feature);
        if (!part.isEmpty()) {
            declared.putObject(part);
        }
    }
}
