/** Streamable HTTP of both eras: statuses, header fields, SSE, CORS, Origin, in Netty-free classes over a route. */
@NullMarked
package dev.mooring.transport.http;

import org.jspecify.annotations.NullMarked;
