/** One Netty listener: bind, TLS, limits, Netty-free routes. */
@NullMarked
package dev.mooring.http.listener;

import org.jspecify.annotations.NullMarked;
