package dev.mooring.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's header that has passed {@link HeaderRules}, in the words the rest of this package uses.
 *
 * @param old whether it is of HTTP/1.0
 * @param keepAlive whether the peer wants the connection to stay open
 */
record DecodedRequest(String method, Target target, HttpFields fields, boolean old, boolean keepAlive) {

    /**
     * Reads a header. A target that names a host itself takes the place of Host, as RFC 9112 (3.2.2) asks.
     *
     * @throws MalformedRequest if the target is none
     */
    static DecodedRequest of(HttpRequest request) {
        Target target = Target.parse(request.uri());
        if (target.authority() != null) {
            request.headers().set(HttpHeaderNames.HOST, target.authority());
        }
        return new DecodedRequest(request.method().name(), target, new Fields(request.headers()),
                request.protocolVersion().equals(HttpVersion.HTTP_1_0), HttpUtil.isKeepAlive(request));
    }

    boolean isHead() {
        return method.equals(HttpMethod.HEAD.name());
    }

    private record Fields(HttpHeaders headers) implements HttpFields {

        @Override
        public @Nullable String first(String name) {
            return headers.get(name);
        }

        @Override
        public List<String> all(String name) {
            Iterator<String> values = headers.valueStringIterator(name);
            if (!values.hasNext()) {
                return List.of();
            }
            String first = values.next();
            return values.hasNext() ? headers.getAll(name) : List.of(first);
        }

        @Override
        public @Nullable String repeated(List<String> names) {
            long seen = 0;
            for (Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence(); all.hasNext();) {
                int at = indexOf(all.next().getKey(), names);
                long bit = at < 0 ? 0 : 1L << at;
                if ((seen & bit) != 0) {
                    return names.get(at);
                }
                seen |= bit;
            }
            return null;
        }

        private static int indexOf(CharSequence name, List<String> names) {
            for (int i = 0; i < names.size(); i++) {
                if (name.length() == names.get(i).length() && AsciiString.contentEqualsIgnoreCase(name, names.get(i))) {
                    return i;
                }
            }
            return -1;
        }
    }
}
