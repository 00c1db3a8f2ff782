package dev.mooring.transport.http;

import dev.mooring.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request as a test words it: a verb, header fields in their order, a body. Immutable. */
record Ask(String verb, List<String> fields, String body) {
    static final String MODERN = "2026-07-28";
    static final String LEGACY = "2025-11-25";
    private static final String META = "io.modelcontextprotocol/";
    private static final String BOTH = "application/json, text/event-stream";

    Ask {
        fields = List.copyOf(fields);
    }

    /** A request with nothing but a Host. */
    static Ask of(String verb) {
        return new Ask(verb, List.of("Host: localhost"), "");
    }

    /** Any body as a client posts it, without fields of either era. */
    static Ask post(String body) {
        return new Ask("POST", List.of("Host: localhost", "Content-Type: application/json", "Accept: " + BOTH), body);
    }

    static Ask get(String session) {
        return of("GET").with("Accept", "text/event-stream").with("Mcp-Session-Id", session);
    }

    static Ask delete(String session) {
        return of("DELETE").with("Mcp-Session-Id", session);
    }

    /** A request of the newest revision, with all its fields. */
    static Ask modern(String method, ObjectNode params) {
        Ask ask = post(request(1, method, withMeta(params)).toString()).with("MCP-Protocol-Version", MODERN)
                .with("Mcp-Method", method);
        JsonNode name = params.path(method.equals("resources/read") ? "uri" : "name");
        return name.isString() ? ask.with("Mcp-Name", name.stringValue()) : ask;
    }

    /** Calls a tool in the newest revision. */
    static Ask call(String tool, String arguments) {
        return modern("tools/call", callParams(tool, arguments));
    }

    static Ask legacy(String session, String message) {
        return post(message).with("Mcp-Session-Id", session).with("MCP-Protocol-Version", LEGACY);
    }

    static Ask legacy(String session, int id, String method, ObjectNode params) {
        return legacy(session, request(id, method, params).toString());
    }

    /** Calls a tool in a session. */
    static Ask legacyCall(String session, int id, String tool, String arguments) {
        return legacy(session, id, "tools/call", callParams(tool, arguments));
    }

    static Ask initialize(String revision) {
        ObjectNode params = object("{'capabilities':{},'clientInfo':{'name':'test','version':'1'}}");
        return post(request(0, "initialize", params.put("protocolVersion", revision)).toString());
    }

    /** What {@code tools/call} takes, asking for progress. */
    static ObjectNode callParams(String tool, String arguments) {
        ObjectNode params = object("{'_meta':{'progressToken':'p'}}").put("name", tool);
        params.set("arguments", object(arguments));
        return params;
    }

    static ObjectNode request(int id, String method, ObjectNode params) {
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        return request;
    }

    static ObjectNode withMeta(ObjectNode params) {
        ObjectNode copy = params.deepCopy();
        ObjectNode meta = copy.get("_meta") instanceof ObjectNode given ? given : copy.putObject("_meta");
        meta.put(META + "protocolVersion", MODERN).putObject(META + "clientCapabilities");
        return copy;
    }

    /** JSON in single quotes. */
    static ObjectNode object(String json) {
        return (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
    }

    /** With one more field, behind the others. */
    Ask with(String name, String value) {
        List<String> more = new ArrayList<>(fields);
        more.add(name + ": " + value);
        return new Ask(verb, more, body);
    }

    /** Without any field of that name. */
    Ask without(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return new Ask(verb,
                fields.stream().filter(field -> !field.toLowerCase(Locale.ROOT).startsWith(start)).toList(), body);
    }

    /** With this value in place of any other of that name. */
    Ask but(String name, String value) {
        return without(name).with(name, value);
    }

    Ask body(String body) {
        return new Ask(verb, fields, body);
    }

    /** As it travels to {@code /mcp}, with the length of its body in UTF-8. */
    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(verb).append(" /mcp HTTP/1.1\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        if (verb.equals("POST") || content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[start.length + content.length];
        System.arraycopy(start, 0, bytes, 0, start.length);
        System.arraycopy(content, 0, bytes, start.length, content.length);
        return bytes;
    }
}
