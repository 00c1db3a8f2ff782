package dev.mooring.testkit;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.Wire;
import java.util.function.Consumer;

/** A client's end of a binding that also sends what no client should. Thread-safe. */
public interface TestWire extends Wire {

    /** Sends bytes as one unit of the binding (a body, a line, a frame), good or bad. */
    void send(byte[] raw);

    /** A wire whose binding has a way for bytes as they are. */
    static TestWire of(Wire wire, Consumer<byte[]> raw) {
        return new TestWire() {
            @Override
            public void open(Inbox inbox) {
                wire.open(inbox);
            }

            @Override
            public void send(Message message) {
                wire.send(message);
            }

            @Override
            public void send(byte[] bytes) {
                raw.accept(bytes);
            }

            @Override
            public boolean abandon(RequestId id) {
                return wire.abandon(id);
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }
}
