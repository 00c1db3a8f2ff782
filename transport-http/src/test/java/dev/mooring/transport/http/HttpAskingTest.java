package dev.mooring.transport.http;

import dev.mooring.testkit.AskingContract;
import dev.mooring.testkit.TestWire;
import dev.mooring.transport.Transport;

class HttpAskingTest extends AskingContract {
    private final HttpTransport transport = new HttpTransport("127.0.0.1", 0);

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected TestWire connect() {
        return new HttpWire(transport.endpoint());
    }

    @Override
    protected boolean sharedChannel() {
        return false;
    }
}
