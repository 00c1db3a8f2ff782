package dev.mooring.protocol;

import dev.mooring.feature.SessionView;
import java.time.Instant;

/** A session as a handler sees it. */
record SessionLabel(String label, Instant created) implements SessionView {}
