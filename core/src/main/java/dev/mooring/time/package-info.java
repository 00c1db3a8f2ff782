/** Time as an injected dependency, so that tests own it. */
@NullMarked
package dev.mooring.time;

import org.jspecify.annotations.NullMarked;
