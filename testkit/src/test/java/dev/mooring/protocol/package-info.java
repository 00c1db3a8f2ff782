/** Tests of the protocol from outside, through a binding. */
@NullMarked
package dev.mooring.protocol;

import org.jspecify.annotations.NullMarked;
