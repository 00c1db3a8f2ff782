/** What a server author writes, and what a handler sees while it runs. */
@NullMarked
package dev.mooring.feature;

import org.jspecify.annotations.NullMarked;
