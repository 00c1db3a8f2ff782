package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.Outlet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of the server that one legacy client has not answered yet, by id. Thread-safe. */
final class OpenRequests {
    private final Map<RequestId, Open> open = new ConcurrentHashMap<>();

    /** A request, the way it went, and where its response will be. */
    record Open(RequestId id, Outlet way, CompletableFuture<Message.Response> response) {}

    /** Begins to wait for a response. */
    Open add(RequestId id, Outlet way) {
        Open added = new Open(id, way, new CompletableFuture<>());
        open.put(id, added);
        return added;
    }

    /** Waits no longer; false if the response is there already, or somebody else gave up. */
    boolean remove(Open request) {
        return open.remove(request.id(), request);
    }

    /** Takes a response; one to nothing that is open is ignored. */
    void answered(Message.Response response) {
        RequestId id = response.id();
        Open request = id == null ? null : open.remove(id);
        if (request != null) {
            request.response().complete(response);
        }
    }

    /** The last proof that a client is there of whom something is asked, if it is later than that. */
    long lastProof(long atLeast) {
        long last = atLeast;
        for (Open request : open.values()) {
            long heard = request.way().lastHeard();
            if (heard != 0 && heard - last > 0) { // zero: there is no connection now
                last = heard;
            }
        }
        return last;
    }
}
