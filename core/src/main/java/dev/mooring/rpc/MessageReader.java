package dev.mooring.rpc;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON-RPC object from a parser that stands at its start. The object is always read to its end, so that what
 * follows it can be read whatever is wrong with it. One thread, one message.
 */
final class MessageReader {
    private final Set<String> seen = new HashSet<>(8);
    private @Nullable RequestId id;
    private boolean idPresent;
    private boolean idComplete;
    private @Nullable JsonNode version;
    private @Nullable JsonNode method;
    private @Nullable JsonNode params;
    private @Nullable JsonNode result;
    private @Nullable JsonNode error;
    private @Nullable String problem;

    /** The id, if the parser got past it before it gave up. */
    @Nullable
    RequestId recoveredId() {
        return idComplete ? id : null;
    }

    Payload message(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            idComplete = idPresent;
            member(parser);
        }
        idComplete = idPresent;
        return payload();
    }

    private void member(JsonParser parser) {
        String name = parser.currentName();
        if (!seen.add(name)) {
            wrong("member \"" + name + "\" occurs twice");
        }
        JsonToken token = parser.nextToken();
        if (name.equals("id")) {
            readId(parser, token);
            return;
        }
        JsonNode value = parser.readValueAsTree();
        switch (name) {
            case "jsonrpc" -> version = value;
            case "method" -> method = value;
            case "params" -> params = value;
            case "result" -> result = value;
            case "error" -> error = value;
            default -> {
                // unknown members are allowed and mean nothing
            }
        }
    }

    private void readId(JsonParser parser, JsonToken token) {
        idPresent = true;
        if (token == JsonToken.VALUE_STRING) {
            id = RequestId.of(parser.getString());
        } else if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            id = RequestId.of(parser.getLongValue());
        } else {
            parser.skipChildren();
            wrong("id must be a string or an integer of 64 bits");
        }
    }

    private void wrong(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    private Payload payload() {
        if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
            wrong("jsonrpc must be \"2.0\"");
        }
        if (params != null && !params.isObject()) {
            wrong("params must be an object");
        }
        Message message = problem != null ? null : method != null ? call(method) : response();
        if (message == null) {
            return new Payload.Bad(RpcError.invalidRequest("Invalid Request: " + problem), id);
        }
        return new Payload.One(message);
    }

    private @Nullable Message call(JsonNode name) {
        if (!name.isString()) {
            wrong("method must be a string");
            return null;
        }
        if (result != null || error != null) {
            wrong("a message has either a method or a result or an error");
            return null;
        }
        ObjectNode arguments = (ObjectNode) params;
        return id == null ? new Message.Notification(name.stringValue(), arguments)
                : new Message.Request(id, name.stringValue(), arguments);
    }

    private @Nullable Message response() {
        if ((result == null) == (error == null)) {
            wrong("a message has either a method or a result or an error");
            return null;
        }
        if (error != null) {
            return failure(error);
        }
        if (id == null || result == null) {
            wrong("a result needs the id of its request");
            return null;
        }
        return new Message.Result(id, result);
    }

    private @Nullable Message failure(JsonNode error) {
        JsonNode code = error.path("code");
        JsonNode message = error.path("message");
        if (!code.isInt() || !message.isString()) {
            wrong("an error has an integer code and a message");
            return null;
        }
        return new Message.Failure(id, new RpcError(code.intValue(), message.stringValue(), error.get("data")));
    }
}
