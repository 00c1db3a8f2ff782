/** One HTTP/1.1 listener: it reads whole requests under bounds, hands them to routes that know nothing of Netty, and writes what they answer. */
@NullMarked
package dev.mooring.http;

import org.jspecify.annotations.NullMarked;
