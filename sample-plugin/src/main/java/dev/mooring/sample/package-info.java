/** A few tools, so that a fresh server has something to call; also the shortest example of a plugin. */
@NullMarked
package dev.mooring.sample;

import org.jspecify.annotations.NullMarked;
