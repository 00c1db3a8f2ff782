package dev.mooring.transport.http;

import dev.mooring.http.HttpFields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    /** A name or address, in brackets if it has colons; the dot that ends a full name; a port. */
    private static final Pattern HOST = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+?)\\.?(:\\d{0,5})?");

    private static final Pattern WEB_ORIGIN = Pattern.compile("https?://(.+)", Pattern.CASE_INSENSITIVE);

    private final Memo<Boolean> allowedHosts = new Memo<>(this::isAllowedHost);
    private final Set<String> local = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> origins = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Makes the rules of an endpoint.
     *
     * @param boundTo the name or address it is bound to, as it was asked for
     * @param loopback whether that is this machine only
     */
    AccessRules(String boundTo, boolean loopback, List<String> origins, List<String> hosts) {
        if (loopback) {
            local.addAll(List.of("localhost", "127.0.0.1", "[::1]", boundTo, "[" + boundTo + "]"));
        }
        this.origins.addAll(origins);
        this.hosts.addAll(hosts);
    }

    /** Why a request is refused, in a sentence that names the setting; empty if it is not. */
    Optional<String> refusal(HttpFields fields) {
        String host = fields.first("Host");
        if ((!local.isEmpty() || !hosts.isEmpty()) && !allowsHost(host)) {
            return Optional.of((host == null ? "A request without Host" : "Host \"" + host + "\"")
                    + " is not allowed; MCP_ALLOWED_HOSTS adds names of this server");
        }
        for (String origin : fields.all("Origin")) {
            if (!allowsOrigin(origin)) {
                return Optional.of("Origin \"" + origin + "\" is not allowed; MCP_ALLOWED_ORIGINS adds web pages");
            }
        }
        return Optional.empty();
    }

    private boolean allowsHost(@Nullable String host) {
        return host != null && allowedHosts.of(host);
    }

    private boolean isAllowedHost(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1);
        String port = parts.group(2) == null ? "" : parts.group(2);
        return local.contains(name) || hosts.contains(name) || hosts.contains(name + port);
    }

    private boolean allowsOrigin(String origin) {
        return origins.contains(origin) || isLocalPage(origin);
    }

    private boolean isLocalPage(String origin) {
        Matcher web = WEB_ORIGIN.matcher(origin);
        if (!web.matches()) {
            return false;
        }
        Matcher host = HOST.matcher(web.group(1));
        return host.matches() && local.contains(host.group(1));
    }
}
