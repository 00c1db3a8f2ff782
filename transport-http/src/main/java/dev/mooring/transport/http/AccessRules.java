package dev.mooring.transport.http;

import dev.mooring.http.HttpFields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which names a server may be addressed by and which web pages may call it, so that a page cannot reach a local server by
 * rebinding its own name to it. On a loopback address the names of this machine are allowed; everywhere else only those that
 * are listed, and any host if none is.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security-endpoint">
 *     Security</a>
 */
final class AccessRules {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopback;
    private final Set<String> origins = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    AccessRules(String boundTo, List<String> origins, List<String> hosts) {
        this.loopback = isLoopback(boundTo);
        this.origins.addAll(origins);
        this.hosts.addAll(hosts);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("[::1]");
    }

    /** Why a request is refused, in a sentence that names the setting; empty if it is not. */
    Optional<String> refusal(HttpFields fields) {
        String host = fields.first("Host");
        if ((loopback || !hosts.isEmpty()) && !allowsHost(host)) {
            return Optional.of("Host \"" + host + "\" is not allowed; MCP_ALLOWED_HOSTS adds names of this server");
        }
        for (String origin : fields.all("Origin")) {
            if (!allowsOrigin(origin)) {
                return Optional.of("Origin \"" + origin + "\" is not allowed; MCP_ALLOWED_ORIGINS adds web pages");
            }
        }
        return Optional.empty();
    }

    private boolean allowsHost(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = withoutPort(host);
        return (loopback && LOOPBACK.contains(name.toLowerCase(Locale.ROOT))) || hosts.contains(host)
                || hosts.contains(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private boolean allowsOrigin(String origin) {
        return origins.contains(origin) || (loopback && isLocalPage(origin));
    }

    private static boolean isLocalPage(String origin) {
        try {
            URI uri = new URI(origin);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
