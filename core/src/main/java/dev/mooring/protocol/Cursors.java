package dev.mooring.protocol;

import dev.mooring.rpc.RpcError;
import dev.mooring.rpc.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Cursors of lists: each names its list and the key it goes on after, so that it stays good whatever is added or removed.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/pagination">Pagination</a>
 */
final class Cursors {
    private Cursors() {}

    /** The cursor of a list's page that begins after a key. */
    static String after(String list, String key) {
        byte[] bytes = (list + "\n" + key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The key after which a page of a list begins; null for the first page.
     *
     * @throws RpcException if it is no cursor of this list
     */
    static @Nullable String read(String list, @Nullable JsonNode cursor) {
        if (cursor == null || cursor.isNull()) {
            return null;
        }
        String decoded = decode(cursor.stringValue(""));
        if (!decoded.startsWith(list + "\n")) {
            throw new RpcException(RpcError.invalidParams("Invalid params: unknown cursor " + cursor));
        }
        return decoded.substring(list.length() + 1);
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
