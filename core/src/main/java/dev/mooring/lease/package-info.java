/** Whatever is held for a client for a limited time: deadlines, the wheel that watches them, and the race-free end. */
@NullMarked
package dev.mooring.lease;

import org.jspecify.annotations.NullMarked;
