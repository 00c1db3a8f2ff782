/** JMH benchmarks, and the servers that bound from above what the load driver may measure. */
@NullMarked
package dev.mooring.benchmarks;

import org.jspecify.annotations.NullMarked;
