package dev.mooring.testkit;

import dev.mooring.transport.Transport;
import dev.mooring.transport.inprocess.InProcessTransport;
import dev.mooring.transport.inprocess.InProcessWire;

class InProcessAskingTest extends AskingContract {
    private final InProcessTransport transport = new InProcessTransport();

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected TestWire connect() {
        InProcessWire wire = transport.connect();
        return TestWire.of(wire, wire::send);
    }
}
