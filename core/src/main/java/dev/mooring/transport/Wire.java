package dev.mooring.transport;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;

/** A client's end of a binding: messages go out, payloads come in. {@link #open} once, then {@link #close}. Thread-safe. */
public interface Wire extends AutoCloseable {

    /** Begins to receive; nothing is sent before. */
    void open(Inbox inbox);

    /**
     * Sends a message, in the order of calls.
     *
     * @throws TransportException if the other end is gone
     */
    void send(Message message);

    /**
     * The client no longer waits for the answer to this request.
     *
     * @return whether the binding itself has told the other end (by closing the response), so that no message need do so
     */
    default boolean abandon(RequestId id) {
        return false;
    }

    /** Ends the connection. May be repeated. */
    @Override
    void close();

    /** What a wire delivers to. Called by one thread at a time, in order; must not block for long. */
    interface Inbox {
        void received(Payload payload);

        /** Nothing more will come; called once. */
        void ended(End cause);
    }
}
