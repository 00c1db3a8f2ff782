package dev.mooring.testkit;

import dev.mooring.rpc.RequestId;
import dev.mooring.rpc.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is none, and how it must be refused. None of them holds a line end, so that each is one unit on every
 * binding.
 *
 * @param text each character is sent as one byte
 * @param id the id the refusal bears, if one can be read
 */
record Malformed(String text, int code, @Nullable RequestId id) {

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static List<Malformed> all() {
        List<Malformed> all = new ArrayList<>();
        for (String text : List.of("{", "nonsense", "[1,", "{]", "\"", "\u00ff\u00fe", "{\"jsonrpc\":\"2.0\",\"id\"",
                "{\"jsonrpc\":\"2.0\"} {}", "\u0000\u0000\u0000")) {
            all.add(new Malformed(text, RpcError.PARSE_ERROR, null));
        }
        for (String text : List.of("1", "null", "true", "\"text\"", "{}", "[]", "{\"jsonrpc\":\"2.0\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1e3,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":9223372036854775808,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":{}}", "[".repeat(100) + "]".repeat(100))) {
            all.add(new Malformed(text, RpcError.INVALID_REQUEST, null));
        }
        for (String rest : List.of("\"jsonrpc\":\"1.0\",\"method\":\"ping\"", "\"method\":\"ping\"",
                "\"jsonrpc\":\"2.0\",\"method\":7", "\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"params\":[1]",
                "\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"method\":\"ping\"",
                "\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"result\":{}")) {
            all.add(new Malformed("{\"id\":55," + rest + "}", RpcError.INVALID_REQUEST, RequestId.of(55)));
        }
        return all;
    }
}
