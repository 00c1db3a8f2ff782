/** The fixture server for the official conformance suite. */
@NullMarked
package dev.mooring.conformance;

import org.jspecify.annotations.NullMarked;
