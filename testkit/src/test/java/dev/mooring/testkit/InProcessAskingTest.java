package dev.mooring.testkit;

import dev.mooring.transport.Transport;
import dev.mooring.transport.inprocess.InProcessTransport;
import dev.mooring.transport.inprocess.InProcessWire;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** Asking within the process; all that is said fits the specification's own schemas. */
class InProcessAskingTest extends AskingContract {
    private final InProcessTransport transport = new InProcessTransport();
    private final SchemaWatch watch = new SchemaWatch();

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected TestWire connect() {
        InProcessWire wire = transport.connect();
        return watch.over(TestWire.of(wire, wire::send));
    }

    @AfterEach
    void everythingFitsTheSchema() throws IOException {
        watch.check();
    }
}
