package dev.mooring.transport.http;

import dev.mooring.auth.Principal;
import dev.mooring.http.HttpAnswer;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpFields;
import dev.mooring.http.HttpRoute;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.Exchange;
import dev.mooring.transport.Inbound;
import dev.mooring.transport.Peer;
import dev.mooring.transport.Receiver;
import dev.mooring.transport.SessionKey;
import dev.mooring.transport.SessionRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoint: everything HTTP says about a request is checked here, what the message says is the engine's. Thread-safe. */
final class McpRoute implements HttpRoute {
    /** Larger bodies are parsed on a thread of their own, so that other connections do not wait. */
    private static final int PARSED_AT_ONCE = 64 << 10;

    private static final String SESSION = "Mcp-Session-Id";
    private static final List<String> SINGLE =
            List.of("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", SESSION, "Content-Type", "Origin");

    private static final Memo<Boolean> JSON_TYPES = new Memo<>(McpRoute::isJson);

    private final Receiver receiver;
    private final Streams shared;
    private final AccessRules access;

    McpRoute(Receiver receiver, Streams shared, AccessRules access) {
        this.receiver = receiver;
        this.shared = shared;
        this.access = access;
    }

    @Override
    public void handle(HttpCall call) {
        HttpFields fields = call.fields();
        Optional<String> forbidden = access.refusal(fields);
        if (forbidden.isPresent()) {
            call.answer(refusal(403, forbidden.get()));
            return;
        }
        String repeated = fields.repeated(SINGLE);
        if (repeated != null) {
            call.answer(Cors.apply(refusal(400, repeated + " occurs more than once"), fields));
            return;
        }
        switch (call.method()) {
            case "POST" -> post(call);
            case "GET" -> get(call);
            case "DELETE" -> receiver.end(sessionRequest(call), exchange(call, new Accept(true, false)));
            case "OPTIONS" -> call.answer(Cors.preflight(fields));
            default -> call.answer(
                    Cors.apply(refusal(405, "Method " + call.method() + " is not allowed; this endpoint takes POST")
                            .with("Allow", "POST, GET, DELETE, OPTIONS"), fields));
        }
    }

    private void post(HttpCall call) {
        HttpFields fields = call.fields();
        String contentType = fields.first("Content-Type");
        if (contentType == null || !JSON_TYPES.of(contentType) || fields.first("Content-Encoding") != null) {
            call.answer(
                    Cors.apply(refusal(415, "The body must be application/json in UTF-8, without encoding"), fields));
            return;
        }
        Accept accept = Accept.of(fields.all("Accept"));
        if (accept.nothing()) {
            call.answer(Cors.apply(notAcceptable("application/json and text/event-stream"), fields));
            return;
        }
        if (call.body().length > PARSED_AT_ONCE) {
            Thread.ofVirtual().name("mooring-parse").start(() -> receive(call, accept));
        } else {
            receive(call, accept);
        }
    }

    private void receive(HttpCall call, Accept accept) {
        Inbound inbound = new Inbound(shared.codec().decode(call.body()), new FieldEnvelope(call.fields()), peer(call),
                session(call), null);
        receiver.receive(inbound, exchange(call, accept));
    }

    private void get(HttpCall call) {
        Accept accept = Accept.of(call.fields().all("Accept"));
        if (!accept.stream() && call.fields().first(SESSION) != null) {
            call.answer(Cors.apply(notAcceptable("text/event-stream"), call.fields()));
            return;
        }
        receiver.attach(sessionRequest(call), exchange(call, accept));
    }

    private Exchange exchange(HttpCall call, Accept accept) {
        return new HttpExchange(call, accept, shared);
    }

    private static SessionRequest sessionRequest(HttpCall call) {
        return new SessionRequest(session(call), new FieldEnvelope(call.fields()), peer(call));
    }

    private static @Nullable SessionKey session(HttpCall call) {
        String id = call.fields().first(SESSION);
        return id == null ? null : new SessionKey(id);
    }

    private static Peer peer(HttpCall call) {
        return new Peer("http", call.remoteAddress(), Principal.ANONYMOUS);
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return parts[0].strip().equals(Accept.JSON);
    }

    private HttpAnswer notAcceptable(String offered) {
        return refusal(406, "Not acceptable: this endpoint answers with " + offered);
    }

    /** A refusal before any message was read: an error without id, whose text says what to do. */
    private HttpAnswer refusal(int status, String sentence) {
        byte[] body = shared.codec().encode(new Message.Failure(null, RpcError.invalidRequest(sentence)));
        return HttpAnswer.of(status, Accept.JSON, body);
    }
}
