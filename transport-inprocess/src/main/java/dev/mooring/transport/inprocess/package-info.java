/** Messages handed over without a wire. */
@NullMarked
package dev.mooring.transport.inprocess;

import org.jspecify.annotations.NullMarked;
