package dev.mooring.protocol;

import dev.mooring.feature.MissingCapabilityException;
import dev.mooring.feature.Outcome;
import dev.mooring.json.Json;
import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import dev.mooring.session.Admission;
import dev.mooring.transport.Answer;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The errors MCP and this server add to those of JSON-RPC. */
final class Errors {
    /** @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#error-codes">Error codes</a> */
    private static final int HEADER_MISMATCH = -32020;

    private static final int MISSING_REQUIRED_CLIENT_CAPABILITY = -32021;

    private static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

    /** Before 2026-07-28; since then it is one of invalid parameters. */
    private static final int RESOURCE_NOT_FOUND = -32002;

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private Errors() {}

    static RpcError headerMismatch(String message) {
        return new RpcError(HEADER_MISMATCH, "Header mismatch: " + message);
    }

    static RpcError headerMismatch(String name, String header, String body) {
        return headerMismatch(name + " header value '" + header + "' does not match body value '" + body + "'");
    }

    static RpcError undecodableHeader(String name, String header) {
        return headerMismatch(name + " is neither plain ASCII nor valid Base64 of UTF-8: '" + header + "'");
    }

    static RpcError unsupportedVersion(String requested) {
        ObjectNode data = Json.object();
        ArrayNode supported = data.putArray("supported");
        Revision.modernVersions().forEach(supported::add);
        data.put("requested", requested);
        return new RpcError(UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version", data);
    }

    /** Too much at once; {@code limit} names what was reached and the setting that governs it. */
    static RpcError overloaded(String limit) {
        return of(Outcome.overloaded(limit, RETRY_AFTER));
    }

    /** The error an interceptor answers with. */
    static RpcError of(Outcome.Failed failed) {
        return new RpcError(failed.code(), failed.message(), failed.data());
    }

    /** What stands against opening a session, or bringing one back. */
    static RpcError refused(Admission.Refused refused) {
        String setting = " (" + refused.cause().setting() + ")";
        return overloaded(switch (refused.cause()) {
            case FULL -> refused.limit() + " sessions" + setting;
            case OWNER_FULL -> refused.limit() + " sessions of one owner" + setting;
            case STORE_HELD -> "another process still holds the session store" + setting;
            case STORE_FAILED -> "the session store cannot be read" + setting;
            case RESTORING -> refused.limit() + " sessions being restored" + setting;
            case CLOSED -> "the server is shutting down";
        });
    }

    static RpcError resourceNotFound(Revision revision, String uri) {
        int code = revision.modern() ? RpcError.INVALID_PARAMS : RESOURCE_NOT_FOUND;
        return new RpcError(code, "Resource not found", Json.object().put("uri", uri));
    }

    static RpcError idInUse(RequestId id) {
        return RpcError.invalidRequest("Invalid Request: id " + id + " is in use by a request that is still open");
    }

    /** A client is needed that declared more than this one. */
    static RpcError missingCapability(MissingCapabilityException missing) {
        ObjectNode data = Json.object();
        ObjectNode required = data.putObject("requiredCapabilities");
        missing.missing().forEach(capability -> capability.declareIn(required));
        return new RpcError(MISSING_REQUIRED_CLIENT_CAPABILITY, String.valueOf(missing.getMessage()), data);
    }

    /** A response to a request that was read; what stands against serving it at all is a refusal. */
    static Answer answer(Message.Response response) {
        return switch (response) {
            case Message.Failure failure when failure.error().code() == Outcome.OVERLOADED ->
                Answer.refused(Answer.Cause.CAPACITY, failure, retryAfter(failure.error()));
            case Message.Failure failure when failure.error().code() == MISSING_REQUIRED_CLIENT_CAPABILITY
                    || failure.error().code() == HEADER_MISMATCH ->
                Answer.refused(Answer.Cause.MALFORMED, failure);
            default -> Answer.of(response);
        };
    }

    private static Duration retryAfter(RpcError overloaded) {
        JsonNode data = overloaded.data();
        return data == null ? RETRY_AFTER : Duration.ofMillis(data.path("retryAfterMs").asLong(RETRY_AFTER.toMillis()));
    }

    static RpcError missingMeta(String key) {
        return RpcError.invalidParams("Invalid params: _meta is missing \"" + key + "\"");
    }
}
