package dev.mooring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.node.ObjectNode;

/** A tool a model may use while it samples; it need not be one of the server's. Since 2025-11-25. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SamplingTool(
        String name,
        String description,
        @JsonInclude(JsonInclude.Include.ALWAYS) ObjectNode inputSchema) {

    public SamplingTool {
        Required.check("name", name, "inputSchema", inputSchema);
        description = description == null ? "" : description;
    }
}
