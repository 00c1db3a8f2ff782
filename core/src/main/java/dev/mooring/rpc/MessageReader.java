package dev.mooring.rpc;

import dev.mooring.json.NumberRangeException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON-RPC object from a parser that stands at its start. The object is always read to its end, so that what
 * follows it can be read whatever is wrong with it. One thread, one message.
 */
final class MessageReader {
    private static final String ID_EXPECTED = "id must be a string or an integer of 64 bits";

    private static final String VERSION_EXPECTED = "jsonrpc must be \"2.0\"";
    private static final int JSONRPC = 1;
    private static final int ID = 2;
    private static final int METHOD = 4;
    private static final int PARAMS = 8;
    private static final int RESULT = 16;
    private static final int ERROR = 32;

    private int seen; // the bits of known members
    private @Nullable Set<String> others; // unknown members seen
    private @Nullable RequestId id;
    private boolean idComplete;
    private boolean complete;
    private @Nullable String version;
    private @Nullable String method;
    private @Nullable JsonNode params;
    private @Nullable JsonNode result;
    private @Nullable JsonNode error;
    private @Nullable String problem;

    /**
     * The id of what is wrong, if it can be answered: the parser got past the id, and it is not the id of a response, which
     * the peer would take for one of its own.
     */
    @Nullable
    RequestId recoveredId() {
        boolean request = (seen & (METHOD | PARAMS)) != 0 || (complete && (seen & (RESULT | ERROR)) == 0);
        return idComplete && request ? id : null;
    }

    Payload message(JsonParser parser) {
        int depth = parser.streamReadContext().getNestingDepth();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            idComplete = (seen & ID) != 0;
            member(parser, depth);
        }
        idComplete = true;
        complete = true;
        return payload();
    }

    /** Takes note of a member; false if it was seen before. */
    private boolean see(String name) {
        int bit = switch (name) {
            case "jsonrpc" -> JSONRPC;
            case "id" -> ID;
            case "method" -> METHOD;
            case "params" -> PARAMS;
            case "result" -> RESULT;
            case "error" -> ERROR;
            default -> 0;
        };
        if (bit == 0) {
            others = others == null ? new HashSet<>() : others;
            return others.add(name);
        }
        boolean first = (seen & bit) == 0;
        seen |= bit;
        return first;
    }

    private void member(JsonParser parser, int depth) {
        String name = parser.currentName();
        boolean again = !see(name);
        if (again) {
            wrong("member \"" + name + "\" occurs twice");
        }
        JsonToken token = parser.nextToken();
        if (name.equals("id")) {
            id = readId(parser, token);
            id = again ? null : id;
            return;
        }
        if (token == JsonToken.VALUE_STRING && (name.equals("jsonrpc") || name.equals("method"))) {
            readName(parser, name);
            return;
        }
        JsonNode value = readValue(parser, depth);
        switch (name) {
            case "jsonrpc" -> wrong(VERSION_EXPECTED);
            case "method" -> wrong("method must be a string");
            case "params" -> params = value;
            case "result" -> result = value;
            case "error" -> error = value;
            default -> {
                // unknown members are allowed and mean nothing
            }
        }
    }

    private void readName(JsonParser parser, String member) {
        if (member.equals("method")) {
            method = parser.getString();
        } else {
            version = parser.getString();
        }
    }

    /** The value; or, if it is JSON but not acceptable, nothing, and the parser stands at its end all the same. */
    private @Nullable JsonNode readValue(JsonParser parser, int depth) {
        try {
            return parser.readValueAsTree();
        } catch (DatabindException e) {
            wrong(e instanceof NumberRangeException ? "a number is out of range" : "a member name occurs twice");
            while (parser.streamReadContext().getNestingDepth() > depth) {
                parser.nextToken();
            }
            return null;
        }
    }

    private @Nullable RequestId readId(JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return RequestId.of(parser.getLongValue());
        }
        if (token == JsonToken.VALUE_STRING && isUnicode(parser.getString())) {
            return RequestId.of(parser.getString());
        }
        parser.skipChildren();
        if (token != JsonToken.VALUE_NULL) {
            wrong(ID_EXPECTED);
        }
        return null;
    }

    /** Whether a string can be echoed: half a surrogate pair cannot. */
    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private void wrong(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    private Payload payload() {
        if (version == null || !version.equals("2.0")) {
            wrong(VERSION_EXPECTED);
        }
        if (id == null && error == null && (seen & ID) != 0) {
            wrong(ID_EXPECTED); // null: allowed in the answer to something that had no readable id
        }
        if (params != null && !params.isObject()) {
            wrong("params must be an object");
        }
        Message message = problem != null ? null : method != null ? call(method) : response();
        if (message == null) {
            return new Payload.Bad(RpcError.invalidRequest("Invalid Request: " + problem), recoveredId());
        }
        return new Payload.One(message);
    }

    private @Nullable Message call(String name) {
        if (result != null || error != null) {
            wrong("a message has either a method or a result or an error");
            return null;
        }
        ObjectNode arguments = (ObjectNode) params;
        return id == null ? new Message.Notification(name, arguments) : new Message.Request(id, name, arguments);
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
