package dev.mooring.feature;

import dev.mooring.model.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** All features of a server. May be changed while the server runs; its clients are told. Thread-safe. */
public final class Catalog {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final Features<Tool> tools = new Features<>("tool", () -> tell(Change.Listing.TOOLS));
    private final Features<Resource> resources = new Features<>("resource", () -> tell(Change.Listing.RESOURCES));
    private final Features<ResourceTemplate> resourceTemplates =
            new Features<>("resource template", () -> tell(Change.Listing.RESOURCES));
    private final Features<Prompt> prompts = new Features<>("prompt", () -> tell(Change.Listing.PROMPTS));

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

    /**
     * Says that what is read from a resource has changed: clients that subscribed to it are told, soon, and once however
     * often this is said until then. Returns at once.
     *
     * @param uri as clients name it
     */
    public void resourceUpdated(String uri) {
        tell(new Change.Resource(uri));
    }

    /** Adds a listener that hears of every change at once, on the thread that makes it; it must neither block nor throw. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
