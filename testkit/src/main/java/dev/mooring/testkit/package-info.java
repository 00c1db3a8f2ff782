/** The transport contract, fake clock, transcripts and assertions; for test scope. */
@NullMarked
package dev.mooring.testkit;

import org.jspecify.annotations.NullMarked;
