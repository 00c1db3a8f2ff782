package dev.mooring.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.mooring.rpc.Message;
import dev.mooring.testkit.Await;
import dev.mooring.time.Time;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Delivery;
import dev.mooring.transport.End;
import dev.mooring.transport.EndSignal;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.SessionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A way back that keeps what is said on it. Thread-safe. */
final class Recorded implements Exchange {
    private final boolean streams;
    private final boolean resumable;
    private final EndSignal end = new EndSignal();
    private final List<Message> sent = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile @Nullable Duration retry;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable CountDownLatch taking; // what writers wait for, if for anything
    private final AtomicInteger probes = new AtomicInteger();
    private volatile @Nullable Answer answer;
    private volatile LongSupplier lastHeard = () -> 0;

    Recorded(boolean streams) {
        this(streams, false);
    }

    /** One that carries ids of events, or not. */
    Recorded(boolean streams, boolean resumable) {
        this.streams = streams;
        this.resumable = resumable;
    }

    /** From now on whoever writes waits until the latch is open. */
    Recorded takesMoreWhen(CountDownLatch open) {
        taking = open;
        return this;
    }

    /** Waits until somebody waits for the peer to take more. */
    void awaitWriter() {
        Await.until(() -> waiting.get() > 0, "a writer to wait");
    }

    /** Waits until nobody waits any more. */
    void awaitNoWriter() {
        Await.until(() -> waiting.get() == 0, "the writer to go on");
    }

    /** The peer goes away. */
    void abort() {
        fallSilent();
        end.end(End.PEER_GONE);
    }

    /** From now on the peer acknowledges all it is sent. */
    void read(Time time) {
        lastHeard = time::nanos;
    }

    /** From now on nothing is heard from the peer, although nobody has closed anything. */
    void fallSilent() {
        long last = lastHeard.getAsLong();
        lastHeard = () -> last;
    }

    private Delivery taken() {
        CountDownLatch open = taking;
        return open == null || open.getCount() == 0 ? Delivery.TAKEN : Delivery.FULL;
    }

    /** How often the peer was probed. */
    int probes() {
        return probes.get();
    }

    /** The answer, waiting for it. */
    Answer answer() throws InterruptedException {
        Await.open(answered, "an answer");
        Answer given = answer;
        assertNotNull(given);
        return given;
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** Waits for a result. */
    JsonNode result() throws InterruptedException {
        Answer given = answer();
        assertEquals(Answer.Outcome.Ok.OK, given.outcome(), given::toString);
        return assertInstanceOf(Message.Result.class, given.responses().getFirst()).result();
    }

    /** Waits for the result of a tool that did not fail, and returns its text. */
    String text() throws InterruptedException {
        JsonNode result = result();
        assertEquals(false, result.path("isError").asBoolean(false), result::toString);
        return result.path("content").path(0).path("text").stringValue("");
    }

    /** Waits for the result of a tool that failed, and returns its text. */
    String toolError() throws InterruptedException {
        JsonNode result = result();
        assertEquals(true, result.path("isError").asBoolean(false), result::toString);
        return result.path("content").path(0).path("text").stringValue("");
    }

    /** Waits for the session that was opened. */
    SessionKey opened() throws InterruptedException {
        Answer given = answer();
        return assertInstanceOf(Answer.Outcome.Opened.class, given.outcome(), given::toString).session();
    }

    /** Waits for an error of a request that was accepted. */
    Message.Failure failed(int code) throws InterruptedException {
        assertEquals(Answer.Outcome.Ok.OK, answer().outcome(), () -> answer + "");
        return failure(code);
    }

    /** Waits for a refusal. */
    Message.Failure refused(Answer.Cause cause, int code) throws InterruptedException {
        Answer given = answer();
        assertEquals(cause, assertInstanceOf(Answer.Outcome.Refused.class, given.outcome(), given::toString).cause(),
                given::toString);
        return failure(code);
    }

    private Message.Failure failure(int code) throws InterruptedException {
        Message.Failure failure = assertInstanceOf(Message.Failure.class, answer().responses().getFirst());
        assertEquals(code, failure.error().code(), failure::toString);
        return failure;
    }

    /** The notifications that were sent. */
    List<Message> sent() {
        return List.copyOf(sent);
    }

    /** Waits until so many notifications were sent; all of them. */
    List<Message> sent(int count) {
        Await.until(() -> sent.size() >= count, count + " messages");
        return sent();
    }

    /** What was sent with an id. */
    record Event(String id, String line) {}

    List<Event> events() {
        return List.copyOf(events);
    }

    /** Waits until so many events were sent with an id; all of them. */
    List<Event> events(int count) throws InterruptedException {
        Await.until(() -> events.size() >= count, count + " events");
        return events();
    }

    /** Waits for the end. */
    End awaitEnd() throws InterruptedException {
        Await.until(end::ended, "the end");
        return end.cause();
    }

    /** When the peer was asked to come back. */
    @Nullable
    Duration retry() {
        return retry;
    }

    /** Whether and why it has ended. */
    @Nullable
    End ended() {
        return end.ended() ? end.cause() : null;
    }

    @Override
    public void answer(Answer given) {
        if (answer != null) {
            throw new IllegalStateException("this exchange is answered already");
        }
        answer = given;
        answered.countDown();
        end.end(End.DONE);
    }

    @Override
    public boolean streams() {
        return streams;
    }

    @Override
    public Delivery send(Message message) {
        if (answer != null || end.ended()) {
            return Delivery.GONE;
        }
        sent.add(message);
        return taken();
    }

    @Override
    public boolean resumable() {
        return resumable;
    }

    @Override
    public Delivery send(String eventId, byte[] line) {
        if (answer != null || end.ended()) {
            return Delivery.GONE;
        }
        events.add(new Event(eventId, new String(line, StandardCharsets.UTF_8)));
        return taken();
    }

    @Override
    public void suspend(Duration after) {
        retry = after;
        end.end(End.DONE);
    }

    @Override
    public void awaitWritable() throws InterruptedException {
        CountDownLatch open = taking;
        if (open != null) {
            waiting.incrementAndGet();
            Await.open(open, "the peer to take more");
            waiting.decrementAndGet();
        }
    }

    @Override
    public void probe() {
        probes.incrementAndGet();
    }

    @Override
    public long lastHeard() {
        return lastHeard.getAsLong();
    }

    @Override
    public void onEnd(Consumer<End> listener) {
        end.onEnd(listener);
    }

    @Override
    public void close(End reason) {
        end.end(reason);
    }
}
