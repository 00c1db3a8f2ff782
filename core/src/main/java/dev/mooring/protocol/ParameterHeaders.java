package dev.mooring.protocol;

import dev.mooring.feature.ParameterHeader;
import dev.mooring.feature.Tool;
import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import dev.mooring.transport.Envelope;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares the header fields that mirror a tool's parameters with its arguments: each says what the body says, and is there
 * exactly if the body has a value. What stands between may have decided by the field, and the tool goes by the body.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#server-behavior-for-custom-headers">
 *     Server Behavior for Custom Headers</a>
 */
final class ParameterHeaders {
    /** A whole number as clients write it; some write {@code 42.0}. */
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,16}(\\.0{1,16})?");

    private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    private ParameterHeaders() {}

    /**
     * Compares.
     *
     * @throws RpcException if a field is missing, cannot be decoded, occurs twice or says something else
     */
    static void check(Tool tool, ObjectNode arguments, Envelope envelope) {
        if (!envelope.carriesFields()) {
            return;
        }
        for (ParameterHeader header : tool.headers()) {
            RpcError wrong = wrong(header.field(), envelope.all(header.field()), header.value(arguments));
            if (wrong != null) {
                throw new RpcException(wrong);
            }
        }
    }

    private static @Nullable RpcError wrong(String name, List<String> fields, JsonNode body) {
        if (body.isMissingNode() || body.isNull()) {
            return fields.isEmpty() ? null
                    : Errors.headerMismatch(name + " is there, and the body has no value for it");
        }
        if (body.isContainer()) { // which is not what the schema says; that is told next
            return null;
        }
        if (fields.size() != 1) {
            return Errors.headerMismatch(name + (fields.isEmpty() ? " is missing" : " occurs more than once"));
        }
        String value = MirroredHeader.decode(fields.getFirst()).orElse(null);
        if (value == null) {
            return Errors.undecodableHeader(name, fields.getFirst());
        }
        return same(value, body) ? null : Errors.headerMismatch(name, value, body.asString());
    }

    private static boolean same(String value, JsonNode body) {
        if (!body.isNumber()) {
            return value.equals(body.asString());
        }
        BigDecimal number = body.decimalValue();
        return WHOLE.matcher(value).matches() && number.abs().compareTo(LARGEST) <= 0
                && number.compareTo(new BigDecimal(value)) == 0;
    }
}
