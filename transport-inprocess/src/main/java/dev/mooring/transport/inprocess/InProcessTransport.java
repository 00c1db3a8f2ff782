package dev.mooring.transport.inprocess;

import dev.mooring.auth.Principal;
import dev.mooring.json.JsonLimits;
import dev.mooring.rpc.Codec;
import dev.mooring.transport.DrainResult;
import dev.mooring.transport.End;
import dev.mooring.transport.InFlight;
import dev.mooring.transport.Peer;
import dev.mooring.transport.Receiver;
import dev.mooring.transport.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Serves clients in the same process, without a wire. Messages are encoded and decoded all the same, so that limits and
 * shapes are those of the other transports. Thread-safe.
 */
public final class InProcessTransport implements Transport {
    private final Codec codec;
    private final InFlight inFlight = new InFlight();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong connected = new AtomicLong();
    private volatile @Nullable Receiver receiver; // set by start, cleared by close

    public InProcessTransport() {
        this(JsonLimits.DEFAULT);
    }

    public InProcessTransport(JsonLimits limits) {
        this.codec = new Codec(limits);
    }

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public void start(Receiver receiver) {
        this.receiver = receiver;
    }

    /** A new connection, as the user who runs this process. */
    public InProcessWire connect() {
        return connect(Principal.LOCAL);
    }

    /**
     * A new connection, as somebody.
     *
     * @throws IllegalStateException if no server has started this transport, or it is closed
     */
    public InProcessWire connect(Principal principal) {
        Receiver engine = receiver;
        if (engine == null) {
            throw new IllegalStateException("in-process transport is not started (expected: a running server)");
        }
        Peer peer = new Peer(name(), "in-process-" + connected.incrementAndGet(), principal);
        Connection connection = new Connection(codec, inFlight, connections::remove);
        connections.add(connection);
        connection.open(engine, peer);
        if (receiver == null) { // closed meanwhile, perhaps without having seen this one
            connection.close(End.SHUTDOWN);
        }
        return new InProcessWire(connection, codec);
    }

    @Override
    public DrainResult drain(Duration grace) throws InterruptedException {
        return inFlight.await(grace);
    }

    @Override
    public void close() {
        receiver = null;
        connections.forEach(connection -> connection.close(End.SHUTDOWN));
    }
}
