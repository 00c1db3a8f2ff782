package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server says it can do, in both eras, and which methods it has therefore. A kind of feature counts once there was one
 * or was said to come: what was declared to a client stays. Thread-safe.
 */
final class Capabilities {
    private final Catalog catalog;

    Capabilities(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The {@code capabilities} of {@code initialize} and {@code server/discover}. */
    ObjectNode declare(Revision revision) {
        ObjectNode capabilities = Json.object();
        if (tools()) {
            capabilities.putObject("tools");
        }
        if (resources()) {
            capabilities.putObject("resources");
        }
        if (prompts()) {
            capabilities.putObject("prompts");
        }
        if (completions() && revision.since(Revision.V2025_03_26)) {
            capabilities.putObject("completions");
        }
        capabilities.putObject("logging");
        return capabilities;
    }

    /** Whether a method about features is one of this server's. */
    boolean serves(String method) {
        return switch (method) {
            case "tools/list", "tools/call" -> tools();
            case "resources/list", "resources/templates/list", "resources/read" -> resources();
            case "prompts/list", "prompts/get" -> prompts();
            case "completion/complete" -> completions();
            default -> false;
        };
    }

    private boolean tools() {
        return catalog.tools().offered();
    }

    private boolean resources() {
        return catalog.resources().offered() || catalog.resourceTemplates().offered();
    }

    private boolean prompts() {
        return catalog.prompts().offered();
    }

    private boolean completions() {
        return catalog.prompts().completes() || catalog.resourceTemplates().completes();
    }
}
