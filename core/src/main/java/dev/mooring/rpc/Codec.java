package dev.mooring.rpc;

import dev.mooring.json.Json;
import dev.mooring.json.JsonLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns UTF-8 bytes into messages and back. What is read is bounded by {@link JsonLimits}; whatever is wrong with it comes
 * back as {@link Payload.Bad}, never as an exception. What is written is one line. Thread-safe.
 */
public final class Codec {
    private static final Logger LOG = LoggerFactory.getLogger(Codec.class);
    private static final Pattern SETTING = Pattern.compile(", from `[^`]*`");

    private final JsonLimits limits;
    private final JsonMapper mapper;

    public Codec(JsonLimits limits) {
        this.limits = limits;
        this.mapper = Json.mapper(limits);
    }

    public JsonLimits limits() {
        return limits;
    }

    /** Reads one message or batch. */
    public Payload decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** Reads one message or batch from part of an array. */
    public Payload decode(byte[] bytes, int offset, int length) {
        if (length > limits.bytes()) {
            return new Payload.Bad(tooLong(length), null);
        }
        MessageReader reader = new MessageReader();
        try (JsonParser parser = mapper.createParser(bytes, offset, length)) {
            Payload payload = payload(parser, reader);
            if (parser.nextToken() != null) {
                return new Payload.Bad(RpcError.parseError("Parse error: content after the end of the message"),
                        reader.recoveredId());
            }
            return Utf8.isValid(bytes, offset, length) ? payload
                    : new Payload.Bad(RpcError.parseError("Parse error: not UTF-8"), reader.recoveredId());
        } catch (StreamConstraintsException e) {
            return new Payload.Bad(overLimit(e), reader.recoveredId());
        } catch (JacksonException e) {
            return new Payload.Bad(malformed(e), reader.recoveredId());
        }
    }

    private Payload payload(JsonParser parser, MessageReader reader) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Payload.Bad(RpcError.parseError("Parse error: empty message"), null);
        }
        return switch (first) {
            case START_OBJECT -> reader.message(parser);
            case START_ARRAY -> batch(parser);
            default -> {
                parser.skipChildren();
                yield notAnObject();
            }
        };
    }

    private Payload batch(JsonParser parser) {
        List<Payload> members = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (members.size() == limits.batch()) {
                skipToEnd(parser);
                return new Payload.Bad(RpcError
                        .invalidRequest("Invalid Request: more than " + limits.batch() + " messages in a batch"), null);
            }
            if (token == JsonToken.START_OBJECT) {
                members.add(new MessageReader().message(parser));
            } else {
                parser.skipChildren();
                members.add(notAnObject());
            }
        }
        return new Payload.Batch(members);
    }

    private static void skipToEnd(JsonParser parser) {
        parser.skipChildren();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
        }
    }

    private static Payload.Bad notAnObject() {
        return new Payload.Bad(RpcError.invalidRequest("Invalid Request: a message is a JSON object"), null);
    }

    private static RpcError malformed(JacksonException e) {
        return RpcError
                .parseError("Parse error: malformed JSON at byte " + Math.max(0, e.getLocation().getByteOffset()));
    }

    private static RpcError overLimit(StreamConstraintsException e) {
        return RpcError.invalidRequest("Invalid Request: " + SETTING.matcher(e.getOriginalMessage()).replaceAll(""));
    }

    /** What is said of a message that is longer than the limit, by whoever finds out first. */
    public RpcError tooLong(long length) {
        return RpcError.invalidRequest("Invalid Request: message of " + length + " bytes (at most " + limits.bytes()
                + "; MCP_MAX_MESSAGE_BYTES raises it)");
    }

    /** One message as one line, without a line end. A response that cannot be written becomes an internal error. */
    public byte[] encode(Message message) {
        try {
            return line(message);
        } catch (JacksonException e) {
            if (!(message instanceof Message.Response response)) {
                throw e;
            }
            LOG.error("The response to request {} cannot be written as JSON", response.id(), e);
            return line(new Message.Failure(response.id(),
                    RpcError.internalError("Internal error: the result cannot be written as JSON")));
        }
    }

    private byte[] line(Message message) {
        ByteArrayBuilder out = new ByteArrayBuilder(512);
        try (JsonGenerator generator = mapper.createGenerator(out)) {
            write(generator, message);
        }
        return Line.mend(out.toByteArray());
    }

    /** Several messages as one array on one line. */
    public byte[] encode(List<? extends Message> batch) {
        ByteArrayBuilder out = new ByteArrayBuilder(512);
        out.append('[');
        for (Message message : batch) {
            if (out.size() > 1) {
                out.append(',');
            }
            out.write(encode(message));
        }
        out.append(']');
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, Message message) {
        generator.writeStartObject();
        generator.writeStringProperty("jsonrpc", "2.0");
        switch (message) {
            case Message.Request request -> {
                writeId(generator, request.id());
                generator.writeStringProperty("method", request.method());
                if (request.params() != null) {
                    generator.writePOJOProperty("params", request.params());
                }
            }
            case Message.Notification notice -> {
                generator.writeStringProperty("method", notice.method());
                if (notice.params() != null) {
                    generator.writePOJOProperty("params", notice.params());
                }
            }
            case Message.Result result -> {
                writeId(generator, result.id());
                generator.writePOJOProperty("result", result.result());
            }
            case Message.Failure failure -> writeFailure(generator, failure);
        }
        generator.writeEndObject();
    }

    private static void writeFailure(JsonGenerator generator, Message.Failure failure) {
        if (failure.id() != null) {
            writeId(generator, failure.id());
        }
        RpcError error = failure.error();
        generator.writeObjectPropertyStart("error");
        generator.writeNumberProperty("code", error.code());
        generator.writeStringProperty("message", error.message());
        if (error.data() != null) {
            generator.writePOJOProperty("data", error.data());
        }
        generator.writeEndObject();
    }

    private static void writeId(JsonGenerator generator, RequestId id) {
        switch (id) {
            case RequestId.Numeric number -> generator.writeNumberProperty("id", number.value());
            case RequestId.Text text -> generator.writeStringProperty("id", text.value());
        }
    }
}
