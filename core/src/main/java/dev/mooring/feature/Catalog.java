package dev.mooring.feature;

/** All features of a server. May be changed while the server runs. Thread-safe. */
public final class Catalog {
    private final Features<Tool> tools = new Features<>("tool");
    private final Features<Resource> resources = new Features<>("resource");
    private final Features<ResourceTemplate> resourceTemplates = new Features<>("resource template");
    private final Features<Prompt> prompts = new Features<>("prompt");

    /** By their names. */
    public Features<Tool> tools() {
        return tools;
    }

    /** By their URIs. */
    public Features<Resource> resources() {
        return resources;
    }

    /** By their templates. */
    public Features<ResourceTemplate> resourceTemplates() {
        return resourceTemplates;
    }

    /** By their names. */
    public Features<Prompt> prompts() {
        return prompts;
    }
}
