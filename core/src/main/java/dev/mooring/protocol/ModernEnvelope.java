package dev.mooring.protocol;

import dev.mooring.model.Revision;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.Envelope;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a modern request must say beside its method and parameters, checked in the order the specification's errors rank:
 * version header, version, capabilities, mirrored headers.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#server-validation">
 *     Server validation</a>
 */
final class ModernEnvelope {
    /** Which parameter {@code Mcp-Name} mirrors. */
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private ModernEnvelope() {}

    /** What is wrong; null if nothing is. */
    static @Nullable RpcError check(Era.Modern modern, Envelope envelope) {
        RpcError error = envelope.carriesFields() ? checkVersionHeader(modern.version(), envelope) : null;
        if (error == null && Revision.of(modern.version()).filter(Revision::modern).isEmpty()) {
            error = Errors.unsupportedVersion(modern.version());
        }
        if (error == null && !modern.meta().path(Names.CLIENT_CAPABILITIES).isObject()) {
            error = Errors.missingMeta(Names.CLIENT_CAPABILITIES);
        }
        return error == null && envelope.carriesFields() ? checkMirrors(modern, envelope) : error;
    }

    private static @Nullable RpcError checkVersionHeader(String version, Envelope envelope) {
        String header = envelope.first(Names.VERSION_HEADER);
        if (header == null) {
            return Errors.headerMismatch(Names.VERSION_HEADER + " is missing");
        }
        return header.equals(version) ? null : Errors.headerMismatch(Names.VERSION_HEADER, header, version);
    }

    private static @Nullable RpcError checkMirrors(Era.Modern modern, Envelope envelope) {
        String method = modern.request().method();
        String header = envelope.first(Names.METHOD_HEADER);
        if (header == null) {
            return Errors.headerMismatch(Names.METHOD_HEADER + " is missing");
        }
        if (!header.equals(method)) {
            return Errors.headerMismatch(Names.METHOD_HEADER, header, method);
        }
        String parameter = NAMED.get(method);
        return parameter == null ? null : checkName(modern, parameter, envelope);
    }

    private static @Nullable RpcError checkName(Era.Modern modern, String parameter, Envelope envelope) {
        JsonNode value = Objects.requireNonNull(modern.request().params()).path(parameter);
        String body = value.isString() ? value.stringValue() : null;
        String header = envelope.first(Names.NAME_HEADER);
        if (header == null) {
            return body == null ? null : Errors.headerMismatch(Names.NAME_HEADER + " is missing");
        }
        String decoded = MirroredHeader.decode(header).orElse(null);
        if (decoded == null) {
            return Errors.undecodableHeader(Names.NAME_HEADER, header);
        }
        return decoded.equals(body) ? null : Errors.headerMismatch(Names.NAME_HEADER, decoded, String.valueOf(body));
    }
}
