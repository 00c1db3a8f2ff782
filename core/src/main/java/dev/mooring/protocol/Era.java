package dev.mooring.protocol;

import dev.mooring.model.Revision;
import dev.mooring.rpc.Message;
import dev.mooring.rpc.RpcError;
import dev.mooring.transport.Answer;
import dev.mooring.transport.Envelope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which era a message belongs to, told from its body and its header fields together.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning">Versioning and Compatibility</a>
 */
sealed interface Era {

    /** A request that carries its version itself. */
    record Modern(Message.Request request, String version, ObjectNode meta) implements Era {}

    /** The legacy {@code initialize}. */
    record Handshake(Message.Request request) implements Era {}

    /** Anything else of a legacy client, to be served in its session. */
    record Legacy(Message message) implements Era {}

    /** Taken without effect. */
    enum Ignored implements Era {
        IGNORED
    }

    /** Of neither era. */
    record Refused(Answer answer) implements Era {}

    static Era of(Message message, Envelope envelope) {
        return switch (message) {
            case Message.Request request -> ofRequest(request, envelope);
            case Message.Notification notice -> namesModern(envelope) ? Ignored.IGNORED
                    : refuseUnknownVersion(null, envelope).<Era>map(Refused::new).orElseGet(() -> new Legacy(notice));
            case Message.Response response -> namesModern(envelope)
                    ? refuse(null, RpcError.invalidRequest("Invalid Request: this revision has no client responses"))
                    : refuseUnknownVersion(null, envelope).<Era>map(Refused::new).orElseGet(() -> new Legacy(response));
        };
    }

    private static Era ofRequest(Message.Request request, Envelope envelope) {
        JsonNode meta = request.params() == null ? null : request.params().get("_meta");
        JsonNode version = meta == null ? null : meta.get(Names.PROTOCOL_VERSION);
        if (version != null && meta instanceof ObjectNode object) {
            return version.isString() ? new Modern(request, version.stringValue(), object)
                    : refuse(request, Errors.missingMeta(Names.PROTOCOL_VERSION));
        }
        if (request.method().equals("initialize")) {
            return new Handshake(request);
        }
        String header = envelope.first(Names.VERSION_HEADER);
        return header == null || isLegacy(header) ? new Legacy(request)
                : refuse(request, Errors.missingMeta(Names.PROTOCOL_VERSION));
    }

    /** Refuses a header that names no revision this server knows. */
    static Optional<Answer> refuseUnknownVersion(Message.@Nullable Request request, Envelope envelope) {
        String header = envelope.first(Names.VERSION_HEADER);
        if (header == null || isLegacy(header)) {
            return Optional.empty();
        }
        RpcError error = RpcError.invalidRequest("Invalid Request: unsupported " + Names.VERSION_HEADER + " \"" + header
                + "\" (expected: the revision negotiated by initialize)");
        return Optional.of(Answer.refused(Answer.Cause.MALFORMED,
                new Message.Failure(request == null ? null : request.id(), error)));
    }

    private static Refused refuse(Message.@Nullable Request request, RpcError error) {
        return new Refused(Answer.refused(Answer.Cause.MALFORMED,
                new Message.Failure(request == null ? null : request.id(), error)));
    }

    static boolean isLegacy(String version) {
        return Revision.of(version).filter(revision -> !revision.modern()).isPresent();
    }

    private static boolean namesModern(Envelope envelope) {
        String header = envelope.first(Names.VERSION_HEADER);
        return header != null && Revision.of(header).filter(Revision::modern).isPresent();
    }
}
