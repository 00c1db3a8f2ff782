package dev.mooring.protocol;

import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.EndSignal;
import dev.mooring.transport.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A legacy stream that outlives its connections: what is said on it is kept, then sent on the connection it has, if it has
 * one. Whoever speaks never notices that a client left and came back. Nothing is kept before something is streamed, so a
 * request that is answered with a single body costs nothing. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#resumability-and-redelivery">
 *     Resumability and Redelivery</a>
 */
final class ResumableStream implements Exchange {
    private static final byte[] NOTHING = {};

    private final SessionStreams streams;
    private final ReentrantLock lock; // of all the session's streams
    private final Exchange first;
    private final List<RequestId> requests;
    private final EndSignal end = new EndSignal();
    private final EventLog log = new EventLog(); // under lock
    private @Nullable StreamName name; // under lock, given when it begins to stream
    private @Nullable Exchange outlet; // under lock, the connection that has got all there is
    private @Nullable Exchange incoming; // under lock, a connection that is still being told what it missed
    private boolean away; // under lock, its client was asked to come back and has not
    private boolean finished; // under lock
    private boolean gap; // under lock, something was lost while its client was told what it missed

    /**
     * Makes a stream that has said nothing yet.
     *
     * @param requests what is answered on it; empty for the session's own stream
     */
    ResumableStream(SessionStreams streams, ReentrantLock lock, Exchange first, List<RequestId> requests) {
        this.streams = streams;
        this.lock = lock;
        this.first = first;
        this.outlet = first;
        this.requests = requests;
    }

    /** Guarded by the lock. */
    EventLog log() {
        return log;
    }

    boolean isUnasked() {
        return requests.isEmpty();
    }

    /** Its name, once it has begun; guarded by the lock. */
    @Nullable
    StreamName name() {
        return name;
    }

    private String id(StreamName of, long sequence) {
        return new EventId(of, sequence).text();
    }

    /** Begins to stream, if it has not; null if there is nobody to stream to. */
    @Nullable
    StreamName begin() {
        lock.lock();
        try {
            StreamName known = name;
            Exchange open = outlet;
            if (known != null || open == null) {
                return known;
            }
            StreamName given = streams.name(requests);
            if (streams.primes() && open.send(id(given, 0), NOTHING) == Delivery.GONE) {
                outlet = null;
                return null;
            }
            if (!streams.add(given, this)) {
                return null;
            }
            name = given;
            return given;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Delivery send(Message message) {
        byte[] line = streams.codec().encode(message);
        lock.lock();
        try {
            StreamName begun = finished ? null : begin();
            if (begun == null) {
                return Delivery.GONE;
            }
            long sequence = log.next();
            streams.kept().keep(this, sequence, line);
            return say(id(begun, sequence), line);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is kept by now; without a connection it is taken all the same. */
    private Delivery say(String id, byte[] line) {
        Exchange open = outlet;
        Delivery delivery = open == null ? Delivery.TAKEN : open.send(id, line);
        if (delivery == Delivery.GONE) {
            outlet = null;
            return Delivery.TAKEN;
        }
        return delivery;
    }

    @Override
    public void answer(Answer answer) {
        if (!streaming()) {
            first.answer(answer);
            end.end(End.DONE);
            return;
        }
        List<Message.Response> responses = answer.responses();
        byte[] line = responses.isEmpty() ? NOTHING
                : answer.batch() ? streams.codec().encode(responses) : streams.codec().encode(responses.getFirst());
        lock.lock();
        try {
            finish(line);
        } finally {
            lock.unlock();
        }
        end.end(End.DONE);
    }

    /** Whether it streams; if not, it never will. */
    private boolean streaming() {
        lock.lock();
        try {
            if (name != null) {
                return true;
            }
            finished = true;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void finish(byte[] line) {
        StreamName begun = name;
        if (finished || begun == null) {
            return; // its session has ended
        }
        finished = true;
        if (line.length == 0) {
            forget();
            hangUp(End.DONE);
            return;
        }
        long sequence = log.next();
        boolean kept = streams.kept().keepResponse(this, sequence, line);
        if (!kept && incoming != null) { // this is its only chance
            outlet = incoming;
            incoming = null;
        }
        say(id(begun, sequence), line);
        Exchange open = outlet;
        outlet = null;
        if (!kept) {
            forget();
        } else if (open != null) {
            streams.kept().delivered(this);
        }
        if (open != null) {
            open.close(End.DONE);
        }
    }

    /** Lets go of all that is kept of it; if it is over, it can no longer be resumed. */
    void forget() {
        StreamName begun = name;
        away(false);
        streams.kept().forget(this);
        if (begun != null) {
            streams.remove(begun);
        }
    }

    private void hangUp(End reason) {
        Exchange now = outlet;
        Exchange next = incoming;
        outlet = null;
        incoming = null;
        if (now != null) {
            now.close(reason);
        }
        if (next != null) {
            next.close(reason);
        }
    }

    /** Goes on with another connection, whose client has seen that event; the one it had, if any, ends. */
    void resume(Exchange next, long after) {
        lock.lock();
        try {
            away(false);
            hangUp(End.REPLACED);
            incoming = next;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("mooring-replay").start(() -> replay(next, after));
    }

    /** Tells a connection what it missed, at its own pace, until it has got all there is. */
    private void replay(Exchange to, long after) {
        long told = after;
        try {
            for (List<KeptEvent> missing = missing(to, told); !missing.isEmpty(); missing = missing(to, told)) {
                for (KeptEvent event : missing) {
                    if (!tell(to, event)) {
                        return;
                    }
                    told = event.sequence();
                }
            }
            if (takeGap(to)) {
                streams.lost();
            }
        } catch (InterruptedException e) {
            to.close(End.PEER_GONE);
            Thread.currentThread().interrupt();
        }
    }

    private boolean tell(Exchange to, KeptEvent event) throws InterruptedException {
        StreamName begun = name();
        Delivery delivery = begun == null ? Delivery.GONE : to.send(id(begun, event.sequence()), event.line());
        if (delivery == Delivery.FULL) {
            to.awaitWritable();
        }
        return delivery != Delivery.GONE;
    }

    /** What a connection has still to be told; if nothing, it is the stream's connection from now on. */
    private List<KeptEvent> missing(Exchange to, long told) {
        lock.lock();
        try {
            if (!to.equals(incoming)) { // another connection has come, or the stream is over
                return List.of();
            }
            gap |= isUnasked() && !log.isWholeAfter(told);
            List<KeptEvent> missing = log.after(told);
            if (missing.isEmpty()) {
                incoming = null;
                outlet = to;
                if (finished) {
                    hangUp(End.DONE);
                    streams.kept().delivered(this);
                }
            }
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a client that has caught up still has to be told that something is lost. */
    private boolean takeGap(Exchange to) {
        lock.lock();
        try {
            boolean lost = gap && to.equals(outlet);
            gap &= !lost;
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Lets its client go, also one that is still being told what it missed. */
    @Override
    public void suspend(Duration retry) {
        lock.lock();
        try {
            Exchange open = finished || begin() == null ? null : outlet == null ? incoming : outlet;
            if (open != null) {
                outlet = null;
                incoming = null;
                away(true);
                open.suspend(retry);
            }
        } finally {
            lock.unlock();
        }
    }

    private void away(boolean now) {
        if (away != now) {
            away = now;
            if (now) {
                streams.away().begin();
            } else {
                streams.away().end();
            }
        }
    }

    @Override
    public void close(End reason) {
        lock.lock();
        try {
            finished = true;
            forget();
            hangUp(reason);
        } finally {
            lock.unlock();
        }
        end.end(reason);
    }

    private @Nullable Exchange outlet() {
        lock.lock();
        try {
            return outlet;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public boolean resumable() {
        return true;
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        Exchange open = outlet();
        if (open != null) {
            open.awaitWritable(); // returns when its connection breaks, too
        }
    }

    @Override
    public void probe() {
        Exchange open = outlet();
        if (open != null) {
            open.probe();
        }
    }

    @Override
    public long lastHeard() {
        Exchange open = outlet();
        return open == null ? 0 : open.lastHeard();
    }

    @Override
    public void onEnd(Consumer<End> listener) {
        end.onEnd(listener);
    }
}
