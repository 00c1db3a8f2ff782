package dev.mooring.feature;

/** All features of a server. May be changed while the server runs. Thread-safe. */
public final class Catalog {
    private final Features<Tool> tools = new Features<>("tool", Tool::name);

    public Features<Tool> tools() {
        return tools;
    }
}
