/** Tests of Streamable HTTP: bytes in, bytes out, and the transport contract. */
@NullMarked
package dev.mooring.transport.http;

import org.jspecify.annotations.NullMarked;
