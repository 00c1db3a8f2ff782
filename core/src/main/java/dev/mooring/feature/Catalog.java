package dev.mooring.feature;

import dev.mooring.model.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All features of a server, and what stands around them. May be changed while the server runs; its clients are told.
 * Thread-safe.
 */
public final class Catalog {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final Features<Tool> tools = new Features<>("tool", () -> tell(Change.Listing.TOOLS));
    private final Features<Resource> resources = new Features<>("resource", () -> tell(Change.Listing.RESOURCES));
    private final Features<ResourceTemplate> resourceTemplates =
            new Features<>("resource template", () -> tell(Change.Listing.RESOURCES));
    private final Features<Prompt> prompts = new Features<>("prompt", () -> tell(Change.Listing.PROMPTS));
    private final AtomicReference<List<Interceptor>> interceptors = new AtomicReference<>(List.of()); // replaced whole

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

    /** Adds an interceptor: inside of those that were added before, from the next request on. */
    public void intercept(Interceptor interceptor) {
        interceptors.updateAndGet(before -> Stream.concat(before.stream(), Stream.of(interceptor)).toList());
    }

    /** The interceptors, the outermost first; a snapshot. */
    public List<Interceptor> interceptors() {
        return interceptors.get();
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
