/** Streamable HTTP of both eras and the 2024-11-05 endpoints. */
@NullMarked
package dev.mooring.transport.http;

import org.jspecify.annotations.NullMarked;
