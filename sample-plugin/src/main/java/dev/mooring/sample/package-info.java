/** A few tools, a resource and a prompt, so that a fresh server has something to show; also the shortest example of a plugin. */
@NullMarked
package dev.mooring.sample;

import org.jspecify.annotations.NullMarked;
