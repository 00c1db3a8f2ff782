package dev.mooring.protocol;

import dev.mooring.model.Change;
import dev.mooring.transport.Delivery;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one legacy client is told of changes on its session's stream: every list, and the resources it subscribed to.
 * Thread-safe.
 */
final class LegacyNotices implements Recipient.Line {
    private final LegacyClient client;
    private final Publisher publisher;
    private final Recipient recipient = new Recipient(this);
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> resources = new LinkedHashSet<>(2); // under lock
    private long characters; // of their URIs; under lock
    private boolean over; // under lock

    LegacyNotices(LegacyClient client, Publisher publisher) {
        this.client = client;
        this.publisher = publisher;
        recipient.open(); // if it has no stream yet, it is found out when something is to be said
    }

    Recipient recipient() {
        return recipient;
    }

    /** The URIs it subscribed to, in that order; a snapshot. */
    Set<String> resources() {
        lock.lock();
        try {
            return new LinkedHashSet<>(resources);
        } finally {
            lock.unlock();
        }
    }

    /** Subscribes to a resource, again or anew; false if these would be too many. */
    boolean subscribe(String uri, SubscriptionLimits limits) {
        lock.lock();
        try {
            if (over || resources.contains(uri)) {
                return true;
            }
            if (!limits.allow(resources.size() + 1, characters + uri.length())) {
                return false;
            }
            resources.add(uri);
            characters += uri.length();
            publisher.add(new Change.Resource(uri), recipient);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what its client subscribed to in another process; takes effect with {@link #revive}. */
    void restore(Set<String> uris) {
        lock.lock();
        try {
            resources.addAll(uris);
            characters = resources.stream().mapToLong(String::length).sum();
        } finally {
            lock.unlock();
        }
    }

    /** The session goes on in this process. */
    void revive() {
        lock.lock();
        try {
            if (!over) {
                resources.forEach(uri -> publisher.add(new Change.Resource(uri), recipient));
            }
        } finally {
            lock.unlock();
        }
    }

    /** It need not have been subscribed to. */
    void unsubscribe(String uri) {
        lock.lock();
        try {
            if (resources.remove(uri)) {
                characters -= uri.length();
                publisher.remove(new Change.Resource(uri), recipient);
            }
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            over = true;
            resources.forEach(uri -> publisher.remove(new Change.Resource(uri), recipient));
        } finally {
            lock.unlock();
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
