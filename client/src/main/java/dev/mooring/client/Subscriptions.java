package dev.mooring.client;

import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.End;
import dev.mooring.transport.TransportException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The subscriptions of one client, in either era, and what is told to them. Thread-safe. */
final class Subscriptions {
    private static final String LISTEN = "subscriptions/listen";
    private static final String RESOURCES = "resourceSubscriptions";

    private final Requests requests;
    private final Map<RequestId, Subscription> streams = new ConcurrentHashMap<>(); // modern, by the id of their request
    private final Set<Subscription> inSession = ConcurrentHashMap.newKeySet(); // legacy, told of what the session is told

    Subscriptions(Requests requests) {
        this.requests = requests;
    }

    /** The way requests take to the server. */
    interface Requests {

        /** Sends one and waits for its result. */
        JsonNode request(String method, ObjectNode params) throws InterruptedException;

        /** Sends one and does not wait. */
        void send(Pending.Ticket ticket, String method, ObjectNode params);

        /** A place for an answer, to be {@linkplain #close closed}. */
        Pending.Ticket open();

        void close(Pending.Ticket ticket);

        /** Tells the server that the answer is no longer waited for. */
        void takeBack(Pending.Ticket ticket, String method);
    }

    /** Opens a stream and waits until the server has acknowledged it. */
    @SuppressWarnings("FutureReturnValueIgnored") // what the answer means is the subscription's
    Subscription onAStream(Set<Change> wanted, Duration patience) throws InterruptedException {
        Pending.Ticket ticket = requests.open();
        Subscription stream = new Subscription(wanted, closed -> {
            requests.takeBack(ticket, LISTEN);
            leave(ticket);
        });
        streams.put(RequestId.of(ticket.id()), stream);
        ticket.answer().whenComplete((response, lost) -> {
            leave(ticket);
            stream.end(response instanceof Message.Failure failure ? new RpcException(failure.error())
                    : lost instanceof TransportException broken ? broken : null);
        });
        ObjectNode params = Json.object();
        params.set("notifications", filter(wanted));
        try {
            requests.send(ticket, LISTEN, params);
            if (!stream.awaitAcknowledgement(patience)) {
                throw new TransportException(
                        "no acknowledgement of " + LISTEN + " within " + patience.toMillis() + " ms", null);
            }
        } catch (RuntimeException | InterruptedException e) {
            stream.close();
            throw e;
        }
        return stream;
    }

    private void leave(Pending.Ticket stream) {
        streams.remove(RequestId.of(stream.id()));
        requests.close(stream);
    }

    /** Subscribes in the session to what a server with these capabilities tells. */
    Subscription inTheSession(Set<Change> wanted, JsonNode capabilities) throws InterruptedException {
        Set<Change> agreed =
                wanted.stream().filter(change -> tells(capabilities, change)).collect(Collectors.toUnmodifiableSet());
        Subscription subscription = new Subscription(agreed, this::unsubscribe);
        inSession.add(subscription);
        try {
            for (Change change : agreed) {
                if (change instanceof Change.Resource(String uri)) {
                    requests.request("resources/subscribe", Json.object().put("uri", uri));
                }
            }
        } catch (RuntimeException | InterruptedException e) {
            subscription.close();
            throw e;
        }
        subscription.acknowledged(agreed);
        return subscription;
    }

    private static boolean tells(JsonNode capabilities, Change change) {
        return switch (change) {
            case Change.Listing list -> capabilities.path(list.capability()).path("listChanged").asBoolean(false);
            case Change.Resource resource -> capabilities.path("resources").path("subscribe").asBoolean(false);
        };
    }

    /** Does not wait for the answers: the server can only agree. */
    private void unsubscribe(Subscription subscription) {
        inSession.remove(subscription);
        for (Change change : subscription.wanted()) {
            if (change instanceof Change.Resource(String uri) && !isWanted(change)) {
                Pending.Ticket ticket = requests.open();
                requests.close(ticket);
                try {
                    requests.send(ticket, "resources/unsubscribe", Json.object().put("uri", uri));
                } catch (TransportException e) {
                    // the connection is gone, and what was subscribed to on it
                }
            }
        }
    }

    private boolean isWanted(Change change) {
        return inSession.stream().anyMatch(subscription -> subscription.wanted().contains(change));
    }

    void heard(Message.Notification notice) {
        JsonNode params = notice.params() == null ? Json.object() : notice.params();
        switch (notice.method()) {
            case "notifications/subscriptions/acknowledged" -> {
                Subscription stream = stream(params.path("_meta").path("io.modelcontextprotocol/subscriptionId"));
                if (stream != null) {
                    stream.acknowledged(changes(params.path("notifications")));
                }
            }
            case "notifications/cancelled" -> {
                Subscription stream = stream(params.path("requestId"));
                if (stream != null) {
                    stream.end(null);
                }
            }
            default -> change(notice.method(), params).ifPresent(change -> tell(change, params));
        }
    }

    private @Nullable Subscription stream(JsonNode id) {
        RequestId named = RequestId.read(id);
        return named == null ? null : streams.get(named);
    }

    private void tell(Change change, JsonNode params) {
        Subscription stream = stream(params.path("_meta").path("io.modelcontextprotocol/subscriptionId"));
        if (stream != null) {
            stream.tell(change);
            return;
        }
        inSession.stream()
                .filter(subscription -> subscription.wanted().stream().anyMatch(wanted -> covers(wanted, change)))
                .forEach(subscription -> subscription.tell(change));
    }

    /** Who wants to hear of a resource is told of what is part of it, too. */
    private static boolean covers(Change wanted, Change change) {
        return wanted.equals(change)
                || (wanted instanceof Change.Resource(String whole) && change instanceof Change.Resource(String part)
                        && part.startsWith(whole));
    }

    private static Optional<Change> change(String method, JsonNode params) {
        for (Change.Listing list : Change.Listing.values()) {
            if (list.method().equals(method)) {
                return Optional.of(list);
            }
        }
        Change resource = new Change.Resource(params.path("uri").asString(""));
        return resource.method().equals(method) ? Optional.of(resource) : Optional.empty();
    }

    /** The connection has ended, and all subscriptions with it. */
    void ended(End cause) {
        RuntimeException lost = new TransportException("the connection has ended: " + cause.text(), null);
        streams.values().forEach(stream -> stream.end(lost));
        inSession.forEach(subscription -> subscription.end(lost));
    }

    private static ObjectNode filter(Set<Change> wanted) {
        ObjectNode filter = Json.object();
        for (Change change : wanted) {
            switch (change) {
                case Change.Listing list -> filter.put(list.filter(), true);
                case Change.Resource(String uri) -> filter.withArray(RESOURCES).add(uri);
            }
        }
        return filter;
    }

    private static Set<Change> changes(JsonNode filter) {
        Set<Change> changes = new LinkedHashSet<>();
        for (Change.Listing list : Change.Listing.values()) {
            if (filter.path(list.filter()).asBoolean(false)) {
                changes.add(list);
            }
        }
        filter.path(RESOURCES).forEach(uri -> changes.add(new Change.Resource(uri.asString(""))));
        return changes;
    }
}
