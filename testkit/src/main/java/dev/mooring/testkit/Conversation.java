package dev.mooring.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.transport.End;
import dev.mooring.transport.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client that speaks JSON-RPC by hand over a wire, for tests that care about single messages: the test chooses ids, sends
 * what it likes and sees whatever came, in order. Whatever it waits for fails the test after {@link Await#LIMIT}. Thread-safe.
 */
public final class Conversation implements AutoCloseable {
    private static final String PREFIX = "io.modelcontextprotocol/";

    private final TestWire wire;
    private final Revision revision;
    private final AtomicLong ids = new AtomicLong(1_000);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Payload> heard = new ArrayList<>(); // under lock
    private @Nullable End ended; // under lock

    private Conversation(TestWire wire, Revision revision) {
        this.wire = wire;
        this.revision = revision;
    }

    /** Begins to listen and says nothing yet. */
    public static Conversation silent(TestWire wire, Revision revision) {
        Conversation conversation = new Conversation(wire, revision);
        wire.open(conversation.new Ear());
        return conversation;
    }

    /** Begins, with the handshake in a legacy revision; a modern one has none. */
    public static Conversation begin(TestWire wire, Revision revision) throws InterruptedException {
        Conversation conversation = silent(wire, revision);
        if (!revision.modern()) {
            conversation.handshake();
        }
        return conversation;
    }

    /** {@code initialize} and {@code notifications/initialized}; the result of the former. */
    public JsonNode handshake() throws InterruptedException {
        ObjectNode params = Json.object().put("protocolVersion", revision.version());
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "conversation").put("version", "1");
        RequestId id = nextId();
        wire.send(new Message.Request(id, "initialize", params));
        JsonNode result = result(id);
        assertEquals(revision.version(), result.path("protocolVersion").stringValue(""), "the negotiated revision");
        notify("notifications/initialized", null);
        return result;
    }

    public Revision revision() {
        return revision;
    }

    public RequestId nextId() {
        return RequestId.of(ids.incrementAndGet());
    }

    /** Sends a request under an id of its own and does not wait. */
    public RequestId request(String method, ObjectNode params) {
        RequestId id = nextId();
        request(id, method, params);
        return id;
    }

    /** Sends a request and does not wait; in a modern revision it carries what every request carries. */
    public void request(RequestId id, String method, ObjectNode params) {
        if (!revision.modern()) {
            wire.send(new Message.Request(id, method, params));
            return;
        }
        ObjectNode complete = params.deepCopy();
        ObjectNode meta = complete.get("_meta") instanceof ObjectNode given ? given : complete.putObject("_meta");
        meta.put(PREFIX + "protocolVersion", revision.version());
        meta.putObject(PREFIX + "clientCapabilities");
        wire.send(new Message.Request(id, method, complete));
    }

    /** Sends a {@code tools/call} under an id of its own and does not wait. */
    public RequestId call(String tool, ObjectNode arguments) {
        RequestId id = nextId();
        call(id, tool, arguments);
        return id;
    }

    /** Sends a {@code tools/call} and does not wait. */
    public void call(RequestId id, String tool, ObjectNode arguments) {
        ObjectNode params = Json.object().put("name", tool);
        params.set("arguments", arguments);
        request(id, "tools/call", params);
    }

    public void notify(String method, @Nullable ObjectNode params) {
        wire.send(new Message.Notification(method, params));
    }

    /** Takes a request back in the way of this binding. */
    public void cancel(RequestId id) {
        if (wire.abandon(id)) {
            return;
        }
        ObjectNode params = Json.object();
        params.set("requestId", id.tree());
        notify("notifications/cancelled", params);
    }

    /** Sends any message as it is. */
    public void send(Message message) {
        wire.send(message);
    }

    /** Sends bytes as one unit. */
    public void sendRaw(byte[] bytes) {
        wire.send(bytes);
    }

    /** Sends text as one unit. */
    public void sendRaw(String text) {
        wire.send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for the response to a request. */
    public Message.Response response(RequestId id) throws InterruptedException {
        return await("the response to " + id, all -> {
            for (Message message : messages(all)) {
                if (message instanceof Message.Response response && id.equals(response.id())) {
                    return response;
                }
            }
            return null;
        });
    }

    /** Waits for the response, which is a result. */
    public JsonNode result(RequestId id) throws InterruptedException {
        return assertInstanceOf(Message.Result.class, response(id)).result();
    }

    /** Waits for the response, which is an error with this code. */
    public Message.Failure failure(RequestId id, int code) throws InterruptedException {
        Message.Failure failure = assertInstanceOf(Message.Failure.class, response(id));
        assertEquals(code, failure.error().code(), failure::toString);
        return failure;
    }

    /** Waits for the result of a tool call, which did not fail, and returns its first text. */
    public String text(RequestId id) throws InterruptedException {
        JsonNode result = result(id);
        if (result.path("isError").asBoolean(false)) {
            fail("the tool failed: " + result);
        }
        return result.path("content").path(0).path("text").stringValue("");
    }

    /** Waits for that many notifications of a method, and returns the last of them. */
    public Message.Notification notice(String method, int count) throws InterruptedException {
        return await(count + " times " + method, all -> {
            List<Message.Notification> found = notices(all, method);
            return found.size() >= count ? found.get(count - 1) : null;
        });
    }

    /** The notifications of a method that came so far. */
    public List<Message.Notification> notices(String method) {
        return notices(snapshot(), method);
    }

    private static List<Message.Notification> notices(List<Payload> units, String method) {
        List<Message.Notification> found = new ArrayList<>();
        for (Message message : messages(units)) {
            if (message instanceof Message.Notification notice && notice.method().equals(method)) {
                found.add(notice);
            }
        }
        return found;
    }

    /** Waits until more than that many units came, and returns the one after them. */
    public Payload unit(int index) throws InterruptedException {
        return await("unit " + index, all -> all.size() > index ? all.get(index) : null);
    }

    /** How many units have come so far. */
    public int units() {
        return snapshot().size();
    }

    /** All messages that came so far, in order; batches are spread out. */
    public List<Message> heard() {
        return messages(snapshot());
    }

    /** Waits until the wire has ended. */
    public End end() throws InterruptedException {
        return await("the end of the wire", all -> ended);
    }

    @Override
    public void close() {
        wire.close();
    }

    private List<Payload> snapshot() {
        lock.lock();
        try {
            return List.copyOf(heard);
        } finally {
            lock.unlock();
        }
    }

    private static List<Message> messages(List<Payload> units) {
        List<Message> messages = new ArrayList<>();
        for (Payload unit : units) {
            switch (unit) {
                case Payload.One one -> messages.add(one.message());
                case Payload.Batch batch -> messages.addAll(messages(batch.members()));
                case Payload.Bad bad -> fail("the server sent nonsense: " + bad);
            }
        }
        return messages;
    }

    /** Waits until the finder finds; it runs under the lock. */
    private <T> T await(String what, Function<List<Payload>, @Nullable T> finder) throws InterruptedException {
        long left = Await.LIMIT.toNanos();
        lock.lock();
        try {
            T found = finder.apply(heard);
            while (found == null && left > 0) {
                left = changed.awaitNanos(left);
                found = finder.apply(heard);
            }
            if (found == null) {
                fail(Await.waited(what) + (ended == null ? "" : "; the wire has ended: " + ended) + "; heard: "
                        + heard);
            }
            return Objects.requireNonNull(found);
        } finally {
            lock.unlock();
        }
    }

    /** What the wire delivers to. */
    private final class Ear implements Wire.Inbox {
        @Override
        public void received(Payload payload) {
            hear(() -> heard.add(payload));
        }

        @Override
        public void ended(End cause) {
            hear(() -> ended = cause);
        }

        private void hear(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
