package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import tools.jackson.databind.node.ObjectNode;

/** Changes in the words of the protocol. */
final class Notices {
    private Notices() {}

    /** The notification that tells a legacy client. */
    static Message.Notification of(Change change) {
        ObjectNode params = change instanceof Change.Resource(String uri) ? Json.object().put("uri", uri) : null;
        return new Message.Notification(change.method(), params);
    }

    /** The notification that tells a subscription. */
    static Message.Notification of(Change change, RequestId subscription) {
        Message.Notification plain = of(change);
        ObjectNode params = plain.params() == null ? Json.object() : plain.params();
        return new Message.Notification(plain.method(), named(params, subscription));
    }

    /** Says in {@code _meta} which subscription something belongs to; changes and returns the tree. */
    static ObjectNode named(ObjectNode tree, RequestId subscription) {
        tree.putObject("_meta").set(Names.SUBSCRIPTION_ID, subscription.tree());
        return tree;
    }
}
