package dev.mooring.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a peer sent in one unit of its transport (a POST body, a line, a frame), as far as it could be understood. */
public sealed interface Payload {

    /** A single message. */
    record One(Message message) implements Payload {}

    /** A JSON array of messages, in order; its members are {@link One} or {@link Bad}. May be empty. */
    record Batch(List<Payload> members) implements Payload {
        public Batch {
            members = List.copyOf(members);
        }
    }

    /** Something else: too long, not UTF-8, not JSON, not JSON-RPC; with the id if one could be read. */
    record Bad(RpcError error, @Nullable RequestId id) implements Payload {
        public Message.Failure failure() {
            return new Message.Failure(id, error);
        }
    }
}
