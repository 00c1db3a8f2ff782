/** JSON as this project reads and writes it: one mapper, bounds on input, schemas generated and checked. */
@NullMarked
package dev.mooring.json;

import org.jspecify.annotations.NullMarked;
