package dev.mooring.transport.inprocess;

import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.transport.End;
import dev.mooring.transport.Wire;

/** The client's end of a connection within the process. Thread-safe. */
public final class InProcessWire implements Wire {
    private final Connection connection;
    private final Codec codec;

    InProcessWire(Connection connection, Codec codec) {
        this.connection = connection;
        this.codec = codec;
    }

    @Override
    public void open(Inbox inbox) {
        connection.deliverTo(inbox);
    }

    @Override
    public void send(Message message) {
        send(codec.encode(message));
    }

    /** Sends bytes as they are, good or bad. */
    public void send(byte[] bytes) {
        connection.fromClient(bytes);
    }

    @Override
    public void close() {
        connection.close(End.PEER_GONE);
    }
}
