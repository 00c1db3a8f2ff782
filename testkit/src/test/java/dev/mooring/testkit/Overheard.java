package dev.mooring.testkit;

import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import dev.mooring.rpc.Codec;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.transport.End;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A wire that somebody listens in on. */
record Overheard(TestWire wire, Consumer<byte[]> fromClient, Consumer<JsonNode> fromServer) implements TestWire {
    private static final Codec CODEC = new Codec(JsonLimits.DEFAULT);

    @Override
    public void open(Inbox inbox) {
        wire.open(new Inbox() {
            @Override
            public void received(Payload payload) {
                fromServer.accept(Json.mapper().readTree(bytes(payload)));
                inbox.received(payload);
            }

            @Override
            public void ended(End cause) {
                inbox.ended(cause);
            }
        });
    }

    private static byte[] bytes(Payload payload) {
        return switch (payload) {
            case Payload.One one -> CODEC.encode(one.message());
            case Payload.Batch batch -> CODEC.encode(batch.members().stream().map(Overheard::message).toList());
            case Payload.Bad bad -> throw new AssertionError("the server sent nonsense: " + bad);
        };
    }

    private static Message message(Payload payload) {
        if (payload instanceof Payload.One one) {
            return one.message();
        }
        throw new AssertionError("the server sent nonsense: " + payload);
    }

    @Override
    public void send(Message message) {
        send(CODEC.encode(message));
    }

    @Override
    public void send(byte[] raw) {
        fromClient.accept(raw);
        wire.send(raw);
    }

    @Override
    public void close() {
        wire.close();
    }
}
