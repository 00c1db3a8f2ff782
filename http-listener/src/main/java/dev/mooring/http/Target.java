package dev.mooring.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The path and query of a request target, cut out as they were sent.
 *
 * @param authority the host and port it names itself, in the absolute form only
 */
record Target(String path, @Nullable String query, @Nullable String authority) {

    /** Reads origin form ({@code /path?query}), absolute form ({@code http://host/path}) and {@code *}. */
    static Target parse(String target) {
        if (target.indexOf('#') != -1) {
            throw new MalformedRequest("The request target has a fragment.");
        }
        if (target.startsWith("/")) {
            return split(target, null);
        }
        if (target.equals("*")) {
            return new Target("*", null, null);
        }
        String scheme = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
        if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
            return absolute(target, target.indexOf("//") + 2);
        }
        throw new MalformedRequest("The request target must be a path or an absolute address.");
    }

    private static Target absolute(String target, int start) {
        int end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        if (end == start) {
            throw new MalformedRequest("The request target names no host.");
        }
        String rest = target.substring(end);
        return split(rest.startsWith("/") ? rest : "/" + rest, target.substring(start, end));
    }

    private static Target split(String target, @Nullable String authority) {
        int mark = target.indexOf('?');
        return mark == -1 ? new Target(target, null, authority)
                : new Target(target.substring(0, mark), target.substring(mark + 1), authority);
    }
}
