/** The entry point: a server put together from features and transports. */
@NullMarked
package dev.mooring.server;

import org.jspecify.annotations.NullMarked;
