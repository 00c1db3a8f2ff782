package dev.mooring.protocol;

import dev.mooring.model.Change;
import dev.mooring.transport.Delivery;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one legacy client is told of changes on its session's stream: every list, and the resources it subscribed to.
 * Thread-safe.
 */
final class LegacyNotices implements Recipient.Line {
    private final LegacyClient client;
    private final Publisher publisher;
    private final Recipient recipient = new Recipient(this);
    private Set<String> resources = Set.of(); // under this object's monitor, like the next two; never changed, but replaced
    private long characters; // of their URIs
    private boolean over;

    LegacyNotices(LegacyClient client, Publisher publisher) {
        this.client = client;
        this.publisher = publisher;
        recipient.open(); // if it has no stream yet, it is found out when something is to be said
    }

    Recipient recipient() {
        return recipient;
    }

    /** The URIs it subscribed to, in that order; a snapshot. */
    synchronized Set<String> resources() {
        return resources;
    }

    /** Subscribes to a resource, again or anew; false if these would be too many. */
    synchronized boolean subscribe(String uri, SubscriptionLimits limits) {
        if (over || resources.contains(uri)) {
            return true;
        }
        if (!limits.allow(resources.size() + 1, characters + uri.length())) {
            return false;
        }
        Set<String> more = new LinkedHashSet<>(resources);
        more.add(uri);
        restore(more);
        publisher.add(new Change.Resource(uri), recipient);
        return true;
    }

    /** It need not have been subscribed to. */
    synchronized void unsubscribe(String uri) {
        Set<String> fewer = new LinkedHashSet<>(resources);
        if (fewer.remove(uri)) {
            restore(fewer);
            publisher.remove(new Change.Resource(uri), recipient);
        }
    }

    /** Puts back what its client subscribed to in another process; takes effect with {@link #revive}. */
    synchronized void restore(Set<String> uris) {
        resources = uris;
        characters = uris.stream().mapToLong(String::length).sum();
    }

    /** The session goes on in this process. */
    synchronized void revive() {
        if (!over) {
            resources.forEach(uri -> publisher.add(new Change.Resource(uri), recipient));
        }
    }

    /** The client missed something, and nobody knows what: it is told that all it hears of may have changed. */
    void missed() {
        publisher.lists().forEach(recipient::tell);
        resources().forEach(uri -> recipient.tell(new Change.Resource(uri)));
    }

    /** The session has ended; what it subscribed to may still have to be stored. */
    void close() {
        recipient.close();
        synchronized (this) {
            over = true;
            resources.forEach(uri -> publisher.remove(new Change.Resource(uri), recipient));
        }
    }

    @Override
    public Delivery say(Change change) {
        return client.reads() ? client.tell(Notices.of(change)) : Delivery.GONE;
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        client.awaitWritable();
    }
}
