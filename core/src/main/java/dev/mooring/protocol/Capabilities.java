package dev.mooring.protocol;

import dev.mooring.feature.Catalog;
import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.model.Revision;
import java.util.EnumSet;
import java.util.Set;
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
            capabilities.putObject("tools").put("listChanged", true);
        }
        if (resources()) {
            capabilities.putObject("resources").put("listChanged", true).put("subscribe", true);
        }
        if (prompts()) {
            capabilities.putObject("prompts").put("listChanged", true);
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
            case "resources/list",
                    "resources/templates/list",
                    "resources/read",
                    "resources/subscribe",
                    "resources/unsubscribe" ->
                resources();
            case "prompts/list", "prompts/get" -> prompts();
            case "completion/complete" -> completions();
            default -> false;
        };
    }

    /** Whether clients are told of such changes. */
    boolean tells(Change change) {
        return switch (change) {
            case Change.Listing.TOOLS -> tools();
            case Change.Listing.PROMPTS -> prompts();
            case Change.Listing.RESOURCES -> resources();
            case Change.Resource resource -> resources();
        };
    }

    /** The lists there are. */
    Set<Change.Listing> lists() {
        Set<Change.Listing> lists = EnumSet.allOf(Change.Listing.class);
        lists.removeIf(list -> !tells(list));
        return lists;
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
