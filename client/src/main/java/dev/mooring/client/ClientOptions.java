package dev.mooring.client;

import dev.mooring.json.Json;
import dev.mooring.model.Implementation;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a client introduces itself and behaves.
 *
 * @param capabilities what it can do besides answering its server
 * @param revision the revision it speaks: a modern one without, a legacy one with handshake
 * @param timeout how long it waits for an answer
 * @param responders what it answers when its server asks; those of what it can do are declared
 * @param notices hears every notification that is not the progress of a call; must not block
 */
public record ClientOptions(
        Implementation info,
        ObjectNode capabilities,
        Revision revision,
        Duration timeout,
        Responders responders,
        Consumer<Message.Notification> notices) {

    public static final ClientOptions DEFAULT = new ClientOptions(new Implementation("mooring-client", "1"),
            Json.object(), Revision.NEWEST, Duration.ofSeconds(60), Responders.NONE, notice -> {});

    public ClientOptions {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
        }
    }

    public ClientOptions withInfo(Implementation info) {
        return new ClientOptions(info, capabilities, revision, timeout, responders, notices);
    }

    public ClientOptions withCapabilities(ObjectNode capabilities) {
        return new ClientOptions(info, capabilities, revision, timeout, responders, notices);
    }

    public ClientOptions withRevision(Revision revision) {
        return new ClientOptions(info, capabilities, revision, timeout, responders, notices);
    }

    public ClientOptions withTimeout(Duration timeout) {
        return new ClientOptions(info, capabilities, revision, timeout, responders, notices);
    }

    public ClientOptions withResponders(Responders responders) {
        return new ClientOptions(info, capabilities, revision, timeout, responders, notices);
    }

    public ClientOptions withNotices(Consumer<Message.Notification> notices) {
        return new ClientOptions(info, capabilities, revision, timeout, responders, notices);
    }

    /** What it declares to its server. */
    ObjectNode declared() {
        ObjectNode declared = capabilities.deepCopy();
        responders.declareIn(declared, revision);
        return declared;
    }
}
