/** What a binding must offer to carry messages, and how the engine looks to it; knows nothing of what messages mean. */
@NullMarked
package dev.mooring.transport;

import org.jspecify.annotations.NullMarked;
