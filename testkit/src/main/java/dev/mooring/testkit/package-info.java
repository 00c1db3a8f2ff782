/** The transport contract, fake clock, transcripts, assertions and a session store in memory; for test scope. */
@NullMarked
package dev.mooring.testkit;

import org.jspecify.annotations.NullMarked;
