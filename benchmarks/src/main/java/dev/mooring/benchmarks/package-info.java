/** JMH benchmarks and load drivers. */
@NullMarked
package dev.mooring.benchmarks;

import org.jspecify.annotations.NullMarked;
