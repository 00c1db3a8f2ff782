/** An MCP client for both eras, over every transport. */
@NullMarked
package dev.mooring.client;

import org.jspecify.annotations.NullMarked;
