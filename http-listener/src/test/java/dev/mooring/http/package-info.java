/** Tests of the listener: raw sockets in, bytes out. */
@NullMarked
package dev.mooring.http;

import org.jspecify.annotations.NullMarked;
