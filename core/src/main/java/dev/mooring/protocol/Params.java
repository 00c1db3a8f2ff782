package dev.mooring.protocol;

import dev.mooring.json.Json;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a request, or an object within them. What is not what it should be is thrown as an {@link RpcException}
 * that says so.
 *
 * @param path where this object is; empty for the parameters themselves
 */
record Params(String path, ObjectNode tree) {

    static Params of(Message.Request request) {
        return new Params("", request.params() == null ? Json.object() : request.params());
    }

    @Nullable
    JsonNode get(String name) {
        return tree.get(name);
    }

    String text(String name) {
        JsonNode value = tree.get(name);
        if (value == null || !value.isString()) {
            throw wrong(name, "a string");
        }
        return value.stringValue();
    }

    /** An object; empty if it is absent. */
    Params object(String name) {
        JsonNode value = tree.get(name);
        if (value != null && !value.isObject()) {
            throw wrong(name, "an object");
        }
        return new Params(pathOf(name), value instanceof ObjectNode object ? object : Json.object());
    }

    /** All members, which are strings. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        tree.propertyNames().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    /** Whether a member is true; false if it is absent. */
    boolean flag(String name) {
        JsonNode value = tree.get(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "a boolean");
        }
        return value != null && value.booleanValue();
    }

    /** An array of strings; empty if it is absent. */
    List<String> listOfTexts(String name) {
        JsonNode values = tree.get(name);
        if (values == null) {
            return List.of();
        }
        if (!values.isArray() || values.valueStream().anyMatch(value -> !value.isString())) {
            throw wrong(name, "an array of strings");
        }
        return values.valueStream().map(JsonNode::stringValue).toList();
    }

    RpcException wrong(String name, String expected) {
        return new RpcException(RpcError.invalidParams("Invalid params: " + pathOf(name) + " must be " + expected));
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
