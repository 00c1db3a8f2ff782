package dev.mooring.client;

import dev.mooring.json.Json;
import dev.mooring.model.Change;
import dev.mooring.model.Completion;
import dev.mooring.model.Content;
import dev.mooring.model.Implementation;
import dev.mooring.model.PromptMessage;
import dev.mooring.model.PromptResult;
import dev.mooring.model.ResourceContents;
import dev.mooring.model.ToolResult;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.Payload;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.End;
import dev.mooring.transport.TransportException;
import dev.mooring.transport.Wire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of one server, in either era. Its methods block; a thread that is interrupted while it waits takes its request
 * back. Errors of the server come as {@link RpcException}, a broken or silent connection as {@link TransportException}.
 * Thread-safe.
 */
public final class McpClient implements AutoCloseable {
    private static final int MOST_ROUNDS = 32;
    private static final String PREFIX = "io.modelcontextprotocol/";

    private final Wire wire;
    private final ClientOptions options;
    private final ObjectNode capabilities;
    private final Answering answering;
    private final Pending pending = new Pending();
    private final Subscriptions subscriptions = new Subscriptions(new Asking());
    private final JsonNode offered; // the capabilities of the server
    private final Implementation server;

    private McpClient(Wire wire, ClientOptions options) throws InterruptedException {
        this.wire = wire;
        this.options = options;
        this.capabilities = options.declared();
        this.answering = new Answering(options.responders());
        wire.open(new Reception());
        JsonNode welcome = options.revision().modern() ? request("server/discover", Json.object()) : initialize();
        this.offered = welcome.path("capabilities");
        this.server = implementation(options.revision().modern() ? welcome.path("_meta").path(PREFIX + "serverInfo")
                : welcome.path("serverInfo"));
    }

    /** Connects in the newest revision. */
    public static McpClient connect(Wire wire) throws InterruptedException {
        return connect(wire, ClientOptions.DEFAULT);
    }

    /** Connects: a handshake in a legacy revision, a {@code server/discover} in a modern one. Closes the wire if that fails. */
    public static McpClient connect(Wire wire, ClientOptions options) throws InterruptedException {
        try {
            return new McpClient(wire, options);
        } catch (RuntimeException | InterruptedException e) {
            wire.close();
            throw e;
        }
    }

    private JsonNode initialize() throws InterruptedException {
        ObjectNode params = Json.object().put("protocolVersion", options.revision().version());
        params.set("capabilities", capabilities);
        params.set("clientInfo", Json.mapper().valueToTree(options.info()));
        JsonNode result = request("initialize", params);
        wire.send(new Message.Notification("notifications/initialized", null));
        return result;
    }

    private static Implementation implementation(JsonNode info) {
        return info.isObject() ? Json.mapper().treeToValue(info, Implementation.class) : new Implementation("", "");
    }

    /** The server, as it describes itself. */
    public Implementation server() {
        return server;
    }

    /** The tools the server lists, on all pages. */
    public List<ToolInfo> tools() throws InterruptedException {
        return list("tools/list", "tools", ToolInfo::of);
    }

    /** The resources the server lists, on all pages. */
    public List<ResourceInfo> resources() throws InterruptedException {
        return list("resources/list", "resources", ResourceInfo::of);
    }

    /** The resource templates the server lists, on all pages. */
    public List<ResourceTemplateInfo> resourceTemplates() throws InterruptedException {
        return list("resources/templates/list", "resourceTemplates", ResourceTemplateInfo::of);
    }

    /** The prompts the server lists, on all pages. */
    public List<PromptInfo> prompts() throws InterruptedException {
        return list("prompts/list", "prompts", PromptInfo::of);
    }

    private <T> List<T> list(String method, String member, Function<ObjectNode, T> entry) throws InterruptedException {
        List<T> all = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        JsonNode page = request(method, Json.object());
        while (true) {
            page.path(member).forEach(node -> all.add(entry.apply((ObjectNode) node)));
            JsonNode next = page.path("nextCursor");
            if (!next.isString()) {
                return all;
            }
            if (!cursors.add(next.stringValue())) {
                throw new TransportException(method + " goes round in circles: cursor " + next + " came twice", null);
            }
            page = request(method, Json.object().put("cursor", next.stringValue()));
        }
    }

    /** Reads a resource, which may have several contents. */
    public List<ResourceContents> read(String uri) throws InterruptedException {
        JsonNode result = request("resources/read", Json.object().put("uri", uri));
        List<ResourceContents> contents = new ArrayList<>();
        for (JsonNode one : result.path("contents")) {
            contents.add(Json.mapper().treeToValue(one, ResourceContents.class));
        }
        return contents;
    }

    /** Gets a prompt, filled in. */
    public PromptResult prompt(String name, Map<String, String> arguments) throws InterruptedException {
        ObjectNode params = Json.object().put("name", name);
        params.set("arguments", Json.mapper().<JsonNode>valueToTree(arguments));
        JsonNode result = request("prompts/get", params);
        List<PromptMessage> messages = new ArrayList<>();
        for (JsonNode message : result.path("messages")) {
            messages.add(Json.mapper().treeToValue(message, PromptMessage.class));
        }
        return new PromptResult(result.path("description").stringValue(null), messages, meta(result));
    }

    /**
     * Asks for values an argument may be completed to.
     *
     * @param value what is typed so far
     * @param others the arguments that are filled in already
     */
    public Completion complete(Reference of, String argument, String value, Map<String, String> others)
            throws InterruptedException {
        ObjectNode params = Json.object();
        params.set("ref", of.tree());
        params.putObject("argument").put("name", argument).put("value", value);
        if (!others.isEmpty()) {
            params.putObject("context").set("arguments", Json.mapper().<JsonNode>valueToTree(others));
        }
        JsonNode completion = request("completion/complete", params).path("completion");
        List<String> values = completion.path("values").valueStream().map(each -> each.stringValue("")).toList();
        JsonNode total = completion.path("total");
        return new Completion(values, total.isInt() ? total.intValue() : null,
                completion.path("hasMore").asBoolean(false));
    }

    /**
     * Calls a tool.
     *
     * @param arguments a map, a record or a JSON object
     * @return its result, which may say that the tool failed
     */
    public ToolResult call(String tool, Object arguments) throws InterruptedException {
        return call(tool, arguments, null);
    }

    /** The same, and hears how far it has come. The listener must not block. */
    public ToolResult call(String tool, Object arguments, @Nullable Consumer<Progress> listener)
            throws InterruptedException {
        ObjectNode params = Json.object().put("name", tool);
        params.set("arguments", Json.mapper().<JsonNode>valueToTree(arguments));
        return toolResult(request("tools/call", params, listener));
    }

    private static ToolResult toolResult(JsonNode result) {
        List<Content> content = new ArrayList<>();
        for (JsonNode block : result.path("content")) {
            content.add(Json.mapper().treeToValue(block, Content.class));
        }
        return new ToolResult(content, result.get("structuredContent"), result.path("isError").asBoolean(false),
                meta(result));
    }

    private static @Nullable ObjectNode meta(JsonNode result) {
        return result.get("_meta") instanceof ObjectNode object ? object : null;
    }

    /**
     * Asks to be told of changes, and returns when the server has agreed: in a modern revision on a stream of its own, in a
     * legacy one in the session, where several subscriptions share what the session is told.
     *
     * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
     */
    public Subscription listen(Change... wanted) throws InterruptedException {
        Set<Change> changes = Set.copyOf(List.of(wanted));
        return options.revision().modern() ? subscriptions.onAStream(changes, options.timeout())
                : subscriptions.inTheSession(changes, offered);
    }

    /** Sends any request and waits for its result, as it came. */
    public JsonNode request(String method, ObjectNode params) throws InterruptedException {
        return request(method, params, null);
    }

    /** Sends it again as often as the server asks for more. */
    private JsonNode request(String method, ObjectNode params, @Nullable Consumer<Progress> listener)
            throws InterruptedException {
        ObjectNode sent = params;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            JsonNode result = exchange(method, sent, listener);
            if (!result.path("resultType").asString("").equals("input_required")) {
                return result;
            }
            sent = params.deepCopy();
            sent.set("inputResponses", answering.answers(result.path("inputRequests")));
            if (result.has("requestState")) {
                sent.set("requestState", result.get("requestState"));
            }
        }
        throw new TransportException(method + ": the server asked " + MOST_ROUNDS + " times without an end", null);
    }

    private JsonNode exchange(String method, ObjectNode params, @Nullable Consumer<Progress> listener)
            throws InterruptedException {
        Pending.Ticket ticket = pending.open(listener);
        ObjectNode sent = params.deepCopy();
        addMeta(sent, listener == null ? null : ticket.id());
        try {
            wire.send(new Message.Request(RequestId.of(ticket.id()), method, sent));
            return switch (await(ticket, method)) {
                case Message.Result result -> result.result();
                case Message.Failure failure -> throw new RpcException(failure.error());
            };
        } finally {
            pending.close(ticket);
        }
    }

    private void addMeta(ObjectNode params, @Nullable Long progressToken) {
        ObjectNode meta = params.get("_meta") instanceof ObjectNode given ? given : Json.object();
        if (options.revision().modern()) {
            meta.put(PREFIX + "protocolVersion", options.revision().version());
            meta.set(PREFIX + "clientInfo", Json.mapper().<JsonNode>valueToTree(options.info()));
            meta.set(PREFIX + "clientCapabilities", capabilities);
        }
        if (progressToken != null) {
            meta.put("progressToken", progressToken);
        }
        if (!meta.isEmpty()) {
            params.set("_meta", meta);
        }
    }

    private Message.Response await(Pending.Ticket ticket, String method) throws InterruptedException {
        try {
            for (long left = options.timeout().toNanos();; left = answering.patience(options.timeout().toNanos())) {
                try {
                    return ticket.answer().get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (answering.patience(options.timeout().toNanos()) <= 0) {
                        takeBack(ticket, method);
                        throw new TransportException(
                                "no answer to " + method + " within " + options.timeout().toMillis() + " ms", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            takeBack(ticket, method);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TransportException lost ? lost
                    : new TransportException("no answer to " + method, e);
        }
    }

    private void takeBack(Pending.Ticket ticket, String method) {
        if (wire.abandon(RequestId.of(ticket.id())) || method.equals("initialize")) {
            return;
        }
        ObjectNode params = Json.object().put("requestId", ticket.id());
        try {
            wire.send(new Message.Notification("notifications/cancelled", params));
        } catch (TransportException e) {
            // the connection is gone, and the request with it
        }
    }

    @Override
    public void close() {
        wire.close();
    }

    /** What subscriptions send. */
    private final class Asking implements Subscriptions.Requests {
        @Override
        public JsonNode request(String method, ObjectNode params) throws InterruptedException {
            return McpClient.this.request(method, params);
        }

        @Override
        public void send(Pending.Ticket ticket, String method, ObjectNode params) {
            addMeta(params, null);
            wire.send(new Message.Request(RequestId.of(ticket.id()), method, params));
        }

        @Override
        public Pending.Ticket open() {
            return pending.open(null);
        }

        @Override
        public void close(Pending.Ticket ticket) {
            pending.close(ticket);
        }

        @Override
        public void takeBack(Pending.Ticket ticket, String method) {
            McpClient.this.takeBack(ticket, method);
        }
    }

    /** What comes in. */
    private final class Reception implements Wire.Inbox {
        @Override
        public void received(Payload payload) {
            switch (payload) {
                case Payload.One(Message.Response response) -> pending.answered(response);
                case Payload.One(Message.Notification notice) -> noticed(notice);
                case Payload.One(Message.Request request) -> answering.take(request, wire::send);
                case Payload.Batch batch -> batch.members().forEach(this::received);
                case Payload.Bad bad -> {
                    // a server that sends nonsense is answered by the timeout of whoever waits for it
                }
            }
        }

        private void noticed(Message.Notification notice) {
            ObjectNode params = notice.params();
            if (notice.method().equals("notifications/cancelled") && params != null) {
                withdrawn(params.path("requestId"));
            }
            JsonNode token = params == null ? null : params.get("progressToken");
            if (!notice.method().equals("notifications/progress") || params == null
                    || token == null
                    || !token.canConvertToLong()) {
                subscriptions.heard(notice);
                options.notices().accept(notice);
                return;
            }
            pending.progressed(token.longValue(), new Progress(params.path("progress").asDouble(0),
                    params.path("total").asDouble(0), params.path("message").stringValue("")));
        }

        private void withdrawn(JsonNode id) {
            RequestId withdrawn = RequestId.read(id);
            if (withdrawn != null) {
                answering.withdrawn(withdrawn);
            }
        }

        @Override
        public void ended(End cause) {
            pending.ended(cause);
            subscriptions.ended(cause);
        }
    }
}
