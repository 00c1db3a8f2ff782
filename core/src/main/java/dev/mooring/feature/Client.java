package dev.mooring.feature;

import dev.mooring.model.ClientCapability;
import dev.mooring.model.Implementation;
import dev.mooring.model.Revision;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The client of a call, as it describes itself.
 *
 * @param info its name and version, if it told
 * @param capabilities what it said it can do; not to be changed
 * @param revision the revision this call is served in
 */
public record Client(Optional<Implementation> info, ObjectNode capabilities, Revision revision) {

    /** Whether it declared a capability by its path: {@code can("elicitation")}, {@code can("sampling", "tools")}. */
    public boolean can(String... path) {
        JsonNode at = capabilities;
        for (String name : path) {
            at = at.path(name);
        }
        return at.isObject();
    }

    /** Whether it can be asked for that. */
    public boolean can(ClientCapability capability) {
        return capability.isDeclared(capabilities, revision);
    }
}
