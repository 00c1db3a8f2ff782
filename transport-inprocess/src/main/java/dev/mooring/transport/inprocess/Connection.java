package dev.mooring.transport.inprocess;

import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.time.Time;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.EndSignal;
import dev.mooring.transport.Envelope;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.InFlight;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Link;
import dev.mooring.transport.Outlet;
import dev.mooring.transport.Peer;
import dev.mooring.transport.Receiver;
import dev.mooring.transport.TransportException;
import dev.mooring.transport.Wire;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection within the process, both ends of it. Thread-safe. */
final class Connection implements Outlet {
    private final Codec codec;
    private final InFlight inFlight;
    private final ByteQueue toClient = new ByteQueue();
    private final EndSignal end = new EndSignal();
    private final AtomicReference<Wire.@Nullable Inbox> inbox = new AtomicReference<>();
    private volatile long lastHeard = Time.system().nanos();
    private @Nullable Receiver receiver; // set by open, before anybody else sees this
    private @Nullable Peer peer; // set by open, before anybody else sees this
    private @Nullable Link link; // set by open, before anybody else sees this

    Connection(Codec codec, InFlight inFlight, Consumer<Connection> onClosed) {
        this.codec = codec;
        this.inFlight = inFlight;
        end.onEnd(cause -> onClosed.accept(this));
    }

    void open(Receiver engine, Peer client) {
        receiver = engine;
        peer = client;
        Link opened = engine.open(client, this);
        link = opened;
        end.onEnd(opened::closed);
    }

    void deliverTo(Wire.Inbox client) {
        if (!inbox.compareAndSet(null, client)) {
            throw new IllegalStateException("this wire is open already");
        }
        Thread.ofVirtual().name("mooring-in-process").start(() -> deliver(client));
    }

    private void deliver(Wire.Inbox client) {
        try {
            for (byte[] bytes = toClient.take(); bytes != null; bytes = toClient.take()) {
                client.received(codec.decode(bytes));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally { // also when the inbox throws: nothing more is delivered, and the server should know
            close(End.PEER_GONE);
            client.ended(end.cause());
        }
    }

    void fromClient(byte[] bytes) {
        if (end.ended() || receiver == null || peer == null) {
            throw new TransportException("the connection has ended: " + end.cause().text(), null);
        }
        lastHeard = Time.system().nanos();
        inFlight.begin();
        receiver.receive(new Inbound(codec.decode(bytes), Envelope.NONE, peer, null, link), new Reply());
    }

    @Override
    public Delivery send(Message message) {
        return offer(codec.encode(message));
    }

    private Delivery offer(byte[] bytes) {
        if (toClient.overflows(bytes.length)) {
            close(End.SLOW_READER);
        }
        return toClient.offer(bytes);
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        toClient.awaitRoom();
    }

    /** There is nothing between the two ends that could break unseen. */
    @Override
    public void probe() {
        lastHeard = Time.system().nanos();
    }

    @Override
    public long lastHeard() {
        return lastHeard;
    }

    @Override
    public void onEnd(Consumer<End> listener) {
        end.onEnd(listener);
    }

    @Override
    public void close(End reason) {
        end.end(reason); // before the reader finds the queue closed and asks why
        toClient.close();
    }

    /** One message's way back over the connection. */
    private final class Reply implements Exchange {
        private final AtomicBoolean answered = new AtomicBoolean();

        @Override
        public void answer(Answer answer) {
            if (!answered.compareAndSet(false, true)) {
                throw new IllegalStateException("this exchange is answered already");
            }
            if (answer.batch()) {
                offer(codec.encode(answer.responses()));
            } else {
                answer.responses().forEach(Connection.this::send);
            }
            inFlight.end();
        }

        @Override
        public boolean streams() {
            return true;
        }

        @Override
        public Delivery send(Message message) {
            return answered.get() ? Delivery.GONE : Connection.this.send(message);
        }

        @Override
        public void awaitWritable() throws InterruptedException {
            Connection.this.awaitWritable();
        }

        @Override
        public void probe() {
            Connection.this.probe();
        }

        @Override
        public long lastHeard() {
            return Connection.this.lastHeard();
        }

        @Override
        public void onEnd(Consumer<End> listener) {
            Connection.this.onEnd(listener);
        }

        @Override
        public void close(End reason) {
            Connection.this.close(reason);
        }
    }
}
