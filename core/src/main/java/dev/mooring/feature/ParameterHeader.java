package dev.mooring.feature;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A header field that mirrors a parameter of a tool.
 *
 * @param field the field's name, {@code Mcp-Param-Region}
 * @param path where the parameter is in the arguments, one name for each object on the way
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters">
 *     Custom Headers from Tool Parameters</a>
 */
public record ParameterHeader(String field, List<String> path) {

    public ParameterHeader {
        path = List.copyOf(path);
    }

    /** The parameter's value; a missing node if the arguments have none. */
    public JsonNode value(ObjectNode arguments) {
        JsonNode at = arguments;
        for (String name : path) {
            at = at.path(name);
        }
        return at;
    }
}
