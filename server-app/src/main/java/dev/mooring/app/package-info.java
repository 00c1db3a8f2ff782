/** The server you can run: wiring, command line, admin endpoints. */
@NullMarked
package dev.mooring.app;

import org.jspecify.annotations.NullMarked;
